package main

import "goshawk/corpus/kernel"

type position struct{ x, y int32 }

type entity struct {
	pos, speed position
	health     int16
	team       uint8
	alive      bool
	name       string
}

type event struct {
	kind   string
	target *entity
}

type world struct {
	entities []entity
	grid     map[position][]*entity
	handlers map[string][]func(*world, event)
	pending  []event
	score    [3]int
}

func (w *world) on(kind string, handler func(*world, event)) {
	w.handlers[kind] = append(w.handlers[kind], handler)
}

func (w *world) emit(kind string, target *entity) {
	w.pending = append(w.pending, event{kind, target})
}

func (w *world) move() {
	w.grid = make(map[position][]*entity, len(w.entities))
	for i := range w.entities {
		e := &w.entities[i]
		if !e.alive {
			continue
		}
		e.pos.x += e.speed.x
		e.pos.y += e.speed.y
		if e.pos.x < 0 || e.pos.x > 400 {
			e.speed.x = -e.speed.x
		}
		if e.pos.y < 0 || e.pos.y > 400 {
			e.speed.y = -e.speed.y
		}
		square := position{e.pos.x / 32, e.pos.y / 32}
		w.grid[square] = append(w.grid[square], e)
	}
}

func (w *world) collide() {
	// Neighbours are looked up in the order of the entities, not of the map.
	for i := range w.entities {
		e := &w.entities[i]
		if !e.alive {
			continue
		}
		for _, other := range w.grid[position{e.pos.x / 32, e.pos.y / 32}] {
			if other.team == e.team || !other.alive {
				continue
			}
			dx, dy := e.pos.x-other.pos.x, e.pos.y-other.pos.y
			if dx*dx+dy*dy < 100 {
				w.emit("hit", other)
			}
		}
	}
}

func (w *world) dispatch() {
	for len(w.pending) > 0 {
		next := w.pending[0]
		w.pending = w.pending[1:]
		for _, handler := range w.handlers[next.kind] {
			handler(w, next)
		}
	}
}

func entitiesKernel() uint64 {
	r := kernel.NewRand(42)
	w := &world{handlers: map[string][]func(*world, event){}}
	for i := 0; i < 250; i++ {
		w.entities = append(w.entities, entity{
			pos:    position{int32(r.Intn(400)), int32(r.Intn(400))},
			speed:  position{int32(r.Intn(9) - 4), int32(r.Intn(9) - 4)},
			health: 40,
			team:   uint8(i % 3),
			alive:  true,
			name:   r.Word(),
		})
	}
	w.on("hit", func(w *world, e event) {
		e.target.health -= 3
		if e.target.health <= 0 && e.target.alive {
			e.target.alive = false
			w.emit("death", e.target)
		}
	})
	deaths := ""
	w.on("death", func(w *world, e event) { w.score[e.target.team]++ })
	w.on("death", func(w *world, e event) { deaths += e.target.name })
	for step := 0; step < 75; step++ {
		w.move()
		w.collide()
		w.dispatch()
	}
	var d kernel.Digest
	for _, n := range w.score {
		d.Int(n)
	}
	d.Text(deaths)
	for _, e := range w.entities {
		d.Int(int(e.pos.x)<<16 ^ int(e.pos.y) ^ int(e.health)<<32)
	}
	return d.Value()
}
