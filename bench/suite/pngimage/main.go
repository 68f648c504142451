// Pngimage draws a picture, encodes it as PNG and decodes it again. The
// checksum is of the pixels: releases of Go compress differently.
package main

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/png"

	"goshawk/suite/harness"
)

func main() {
	harness.Run("pngimage", 450, 140, func(size int) func() uint64 {
		return func() uint64 { return compute(size) }
	})
}

func compute(size int) uint64 {
	canvas := image.NewRGBA(image.Rect(0, 0, size, size))
	for y := 0; y < size; y++ {
		for x := 0; x < size; x++ {
			canvas.Set(x, y, color.RGBA{uint8(x), uint8(y), uint8(x * y), 255})
		}
	}
	veil := image.NewUniform(color.NRGBA{20, 40, 200, 100})
	for i := 0; i < 8; i++ {
		corner := image.Rect(i*8, i*8, i*8+size/3, i*8+size/4)
		draw.Draw(canvas, corner, veil, image.Point{}, draw.Over)
	}
	var packed bytes.Buffer
	harness.Check(png.Encode(&packed, canvas))
	decoded, err := png.Decode(&packed)
	harness.Check(err)
	result := harness.NewChecksum()
	for y := 0; y < size; y++ {
		for x := 0; x < size; x++ {
			red, green, blue, _ := decoded.At(x, y).RGBA()
			result.Int(int(red + green<<16 + blue<<8))
		}
	}
	return result.Value()
}
