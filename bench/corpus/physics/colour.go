package main

import (
	"math"

	"goshawk/corpus/kernel"
)

type colour struct{ r, g, b float64 }

func clamp(v float64) float64 {
	return math.Min(math.Max(v, 0), 1)
}

func (c colour) toHSV() (h, s, v float64) {
	most := math.Max(c.r, math.Max(c.g, c.b))
	least := math.Min(c.r, math.Min(c.g, c.b))
	span := most - least
	if span == 0 {
		return 0, 0, most
	}
	switch most {
	case c.r:
		h = (c.g - c.b) / span
	case c.g:
		h = 2 + (c.b-c.r)/span
	default:
		h = 4 + (c.r-c.g)/span
	}
	if h < 0 {
		h += 6
	}
	return h * 60, span / most, most
}

func fromHSV(h, s, v float64) colour {
	sector := int(h / 60)
	f := h/60 - float64(sector)
	p, q, t := v*(1-s), v*(1-s*f), v*(1-s*(1-f))
	switch sector {
	case 0:
		return colour{v, t, p}
	case 1:
		return colour{q, v, p}
	case 2:
		return colour{p, v, t}
	case 3:
		return colour{p, q, v}
	case 4:
		return colour{t, p, v}
	}
	return colour{v, p, q}
}

func (c colour) luminance() float64 {
	return 0.2126*c.r + 0.7152*c.g + 0.0722*c.b
}

// over blends with alpha.
func (c colour) over(below colour, alpha float64) colour {
	rest := 1 - alpha
	return colour{
		c.r*alpha + below.r*rest, c.g*alpha + below.g*rest,
		c.b*alpha + below.b*rest,
	}
}

func colourKernel() uint64 {
	var digest kernel.Digest
	r := kernel.NewRand(25)
	picture := make([]colour, 3000)
	for i := range picture {
		picture[i] = colour{r.Float64(), r.Float64(), r.Float64()}
	}
	exposure := 0.0
	for round := 0; round < 4; round++ {
		for i := range picture {
			p := &picture[i]
			h, s, v := p.toHSV()
			lit := fromHSV(math.Mod(h+30, 360), clamp(s*1.1), clamp(v*0.95))
			*p = lit.over(picture[(i+1)%len(picture)], 0.75)
			exposure += p.luminance()
		}
	}
	for i := 0; i < len(picture); i += 50 {
		digest.Int(int(picture[i].r*255) | int(picture[i].b*255)<<8)
	}
	digest.Float(exposure)
	return digest.Value()
}
