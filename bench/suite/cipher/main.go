// Cipher seals and opens messages with AES-GCM and encrypts in counter mode.
package main

import (
	"crypto/aes"
	"crypto/cipher"

	"goshawk/suite/harness"
)

func main() {
	harness.Run("cipher", 2200, 200, func(size int) func() uint64 {
		text := []byte(harness.NewRandom().Text(400))
		return func() uint64 { return compute(size, text) }
	})
}

func compute(size int, text []byte) uint64 {
	block, err := aes.NewCipher(text[:32])
	harness.Check(err)
	sealer, err := cipher.NewGCM(block)
	harness.Check(err)
	result := harness.NewChecksum()
	nonce := make([]byte, sealer.NonceSize())
	stream := cipher.NewCTR(block, text[32:48])
	for i := 0; i < size; i++ {
		nonce[0], nonce[1] = byte(i), byte(i>>8)
		message := text[:1+i%1500]
		sealed := sealer.Seal(nil, nonce, message, nonce)
		result.Bytes(sealed[len(sealed)-16:])
		opened, err := sealer.Open(nil, nonce, sealed, nonce)
		harness.Check(err)
		stream.XORKeyStream(opened, opened)
		result.Bytes(opened[:1])
	}
	return result.Value()
}
