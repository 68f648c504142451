package main

import (
	"math"

	"goshawk/corpus/kernel"
)

type bird struct{ x, y, vx, vy float32 }

// steer is what the neighbours make a bird do.
func steer(birds []bird, i int) (ax, ay float32) {
	b := &birds[i]
	var meanX, meanY, meanVX, meanVY, awayX, awayY float32
	seen := 0
	for k := range birds {
		other := &birds[k]
		dx, dy := other.x-b.x, other.y-b.y
		distance := dx*dx + dy*dy
		if k == i || distance > 400 {
			continue
		}
		seen++
		meanX += other.x
		meanY += other.y
		meanVX += other.vx
		meanVY += other.vy
		if distance < 25 {
			awayX -= dx
			awayY -= dy
		}
	}
	if seen == 0 {
		return 0, 0
	}
	n := float32(seen)
	ax = (meanX/n-b.x)*0.01 + (meanVX/n-b.vx)*0.05 + awayX*0.1
	ay = (meanY/n-b.y)*0.01 + (meanVY/n-b.vy)*0.05 + awayY*0.1
	return ax, ay
}

func flockKernel() uint64 {
	var digest kernel.Digest
	r := kernel.NewRand(21)
	birds := make([]bird, 150)
	for i := range birds {
		birds[i] = bird{
			float32(r.Intn(200)), float32(r.Intn(200)),
			float32(r.Intn(5)) - 2, float32(r.Intn(5)) - 2,
		}
	}
	for step := 0; step < 12; step++ {
		for i := range birds {
			ax, ay := steer(birds, i)
			b := &birds[i]
			b.vx += ax
			b.vy += ay
			speed := float32(math.Hypot(float64(b.vx), float64(b.vy)))
			if speed > 3 {
				b.vx, b.vy = b.vx/speed*3, b.vy/speed*3
			}
			b.x += b.vx
			b.y += b.vy
		}
	}
	for _, b := range birds {
		digest.Int(int(b.x*16) ^ int(b.y*16)<<9)
	}
	return digest.Value()
}
