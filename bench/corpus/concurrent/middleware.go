package main

import (
	"fmt"
	"sort"
	"strings"

	"goshawk/corpus/kernel"
)

type call struct {
	path   string
	params map[string]string
	user   string
	status int
	body   strings.Builder
}

type handlerFunc func(c *call) error

type middleware func(next handlerFunc) handlerFunc

type route struct {
	segments []string
	handle   handlerFunc
}

type router struct {
	routes []route
	stack  []middleware
	hits   map[string]int
}

func (r *router) use(m middleware) { r.stack = append(r.stack, m) }

func (r *router) handle(pattern string, h handlerFunc) {
	for i := len(r.stack) - 1; i >= 0; i-- {
		h = r.stack[i](h)
	}
	r.routes = append(r.routes, route{strings.Split(pattern, "/"), h})
}

func (r *route) match(path []string, params map[string]string) bool {
	if len(path) != len(r.segments) {
		return false
	}
	for i, segment := range r.segments {
		if strings.HasPrefix(segment, ":") {
			params[segment[1:]] = path[i]
		} else if segment != path[i] {
			return false
		}
	}
	return true
}

func (r *router) serve(c *call) {
	path := strings.Split(c.path, "/")
	for i := range r.routes {
		c.params = map[string]string{}
		if r.routes[i].match(path, c.params) {
			if err := r.routes[i].handle(c); err != nil {
				c.status = 500
				fmt.Fprintf(&c.body, "error: %v", err)
			}
			return
		}
	}
	c.status = 404
}

func (r *router) counting(next handlerFunc) handlerFunc {
	return func(c *call) error {
		defer func() { r.hits[fmt.Sprintf("%s %d", c.user, c.status)]++ }()
		return next(c)
	}
}

func allow(users ...string) middleware {
	allowed := make(map[string]bool)
	for _, user := range users {
		allowed[user] = true
	}
	return func(next handlerFunc) handlerFunc {
		return func(c *call) error {
			if !allowed[c.user] {
				c.status = 403
				return nil
			}
			c.status = 200
			return next(c)
		}
	}
}

// compose and the others build functions from functions.
func compose(fs ...func(int) int) func(int) int {
	return func(x int) int {
		for _, f := range fs {
			x = f(x)
		}
		return x
	}
}

func counterFrom(n int) func() int {
	return func() int {
		n++
		return n
	}
}

type option func(*settings)

type settings struct {
	size    int
	verbose bool
	name    string
}

func withSize(n int) option { return func(s *settings) { s.size = n } }

func withName(name string) option {
	return func(s *settings) { s.name, s.verbose = name, true }
}

func configure(options ...option) settings {
	s := settings{size: 10}
	for _, o := range options {
		o(&s)
	}
	return s
}

func middlewareKernel() uint64 {
	r := &router{hits: map[string]int{}}
	r.use(r.counting)
	r.use(allow("ann", "bob"))
	r.handle("/users/:id", func(c *call) error {
		fmt.Fprintf(&c.body, "user %s", c.params["id"])
		return nil
	})
	r.handle("/users/:id/posts/:post", func(c *call) error {
		if c.params["post"] == "13" {
			return fmt.Errorf("no post %q", c.params["post"])
		}
		c.body.WriteString(strings.ToUpper(c.params["post"]))
		return nil
	})
	var d kernel.Digest
	random := kernel.NewRand(96)
	users := []string{"ann", "bob", "eve"}
	for i := 0; i < 2300; i++ {
		c := &call{user: users[random.Intn(3)]}
		switch random.Intn(3) {
		case 0:
			c.path = "/users/" + random.Word()
		case 1:
			c.path = fmt.Sprintf("/users/%d/posts/%d", i, random.Intn(20))
		default:
			c.path = "/" + random.Word()
		}
		r.serve(c)
		d.Text(c.body.String())
		d.Int(c.status)
	}
	var keys []string
	for key, n := range r.hits {
		keys = append(keys, fmt.Sprint(key, n))
	}
	sort.Strings(keys)
	d.Text(strings.Join(keys, ","))
	next := counterFrom(5)
	f := compose(func(x int) int { return x + next() },
		func(x int) int { return x * 3 }, func(x int) int { return x ^ x>>2 })
	sum := 0
	for i := 0; i < 8000; i++ {
		sum += f(i) & 1023
	}
	d.Int(sum)
	s := configure(withSize(sum), withName("last"))
	d.Text(fmt.Sprintf("%+v", s))
	return d.Value()
}
