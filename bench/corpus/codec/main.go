// Codec is the part of the training corpus that packs, hashes and interprets
// bytes.
package main

import "goshawk/corpus/kernel"

func main() {
	kernel.RunAll([]kernel.Kernel{
		{Name: "huffman", Run: huffmanKernel},
		{Name: "lz77", Run: lz77Kernel},
		{Name: "base64", Run: base64Kernel},
		{Name: "runlength", Run: runLengthKernel},
		{Name: "varint", Run: varintKernel},
		{Name: "hashes", Run: hashesKernel},
		{Name: "checksums", Run: checksumsKernel},
		{Name: "siphash", Run: siphashKernel},
		{Name: "digest", Run: digestKernel},
		{Name: "stream", Run: streamKernel},
		{Name: "wide", Run: wideKernel},
		{Name: "brainfuck", Run: brainfuckKernel},
		{Name: "registers", Run: registersKernel},
		{Name: "bitcode", Run: bitcodeKernel},
	})
}
