package main

import (
	"syscall/js"

	"goshawk/corpus/kernel"
)

var (
	bytesClass  = js.Global().Get("Uint8Array")
	floatsClass = js.Global().Get("Float64Array")
)

// canvas is an image that JavaScript holds, of which Go draws tiles.
type canvas struct {
	width, height int
	data          js.Value
}

func newCanvas(width, height int) *canvas {
	return &canvas{width, height, bytesClass.New(4 * width * height)}
}

func (c *canvas) row(x, y, width int) js.Value {
	start := 4 * (y*c.width + x)
	return c.data.Call("subarray", start, start+4*width)
}

// update lets f change the pixels of a tile.
func (c *canvas) update(x, y, size int, f func(x, y int, pixel []byte)) {
	line := make([]byte, 4*size)
	for k := 0; k < size; k++ {
		row := c.row(x, y+k, size)
		if js.CopyBytesToGo(line, row) != len(line) {
			panic("part of a line")
		}
		for i := 0; i < size; i++ {
			f(x+i, y+k, line[4*i:4*i+4])
		}
		js.CopyBytesToJS(row, line)
	}
}

func blend(pixel []byte, r, g, b, alpha uint32) {
	for i, part := range [3]uint32{r, g, b} {
		pixel[i] = byte((uint32(pixel[i])*(255-alpha) + part*alpha) / 255)
	}
	pixel[3] = 255
}

func pixelsKernel() uint64 {
	const tile = 16
	r := kernel.NewRand(206)
	var d kernel.Digest
	c := newCanvas(96, 64)
	for i := 0; i < 60; i++ {
		x, y := r.Intn(c.width-tile), r.Intn(c.height-tile)
		red, green := uint32(r.Intn(256)), uint32(r.Intn(256))
		c.update(x, y, tile, func(px, py int, pixel []byte) {
			dx, dy := px-x-tile/2, py-y-tile/2
			if dx*dx+dy*dy < tile*tile/4 {
				blend(pixel, red, green, uint32(px*2), 160)
			}
		})
	}
	whole := make([]byte, c.data.Length())
	js.CopyBytesToGo(whole, c.data)
	d.Bytes(whole)
	// How often each brightness occurs, counted in an array of JavaScript.
	bars := floatsClass.New(16)
	for i := 0; i < len(whole); i += 4 * 7 {
		bar := (int(whole[i]) + int(whole[i+1]) + int(whole[i+2])) / 48
		bars.SetIndex(bar, bars.Index(bar).Float()+1)
	}
	for i, n := 0, bars.Length(); i < n; i++ {
		d.Float(bars.Index(i).Float())
	}
	return d.Value()
}
