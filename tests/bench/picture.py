"""What is in a picture: picture.py FILE.png prints the colour of its first
pixel, as rrggbb, and the number of its colours. For what Chromium writes: eight
bits for each of red, green and blue, and perhaps opacity; not interlaced.
"""

import struct
import sys
import zlib


def read_chunks(data):
    position = 8
    while position < len(data):
        length, kind = struct.unpack_from('>I4s', data, position)
        yield kind, data[position + 8:position + 8 + length]
        position += length + 12


def undo_filter(kind, line, above, step):
    for i in range(len(line)):
        left = line[i - step] if i >= step else 0
        up = above[i]
        corner = above[i - step] if i >= step else 0
        if kind == 1:
            guess = left
        elif kind == 2:
            guess = up
        elif kind == 3:
            guess = (left + up) // 2
        else:
            guess = min((left, up, corner),
                        key=lambda v: abs(left + up - corner - v))
        line[i] = (line[i] + guess) & 255
    return line


def main():
    with open(sys.argv[1], 'rb') as file:
        data = file.read()
    header, packed = b'', b''
    for kind, body in read_chunks(data):
        if kind == b'IHDR':
            header = body
        elif kind == b'IDAT':
            packed += body
    width, _, bits, colour, _, _, interlaced = struct.unpack('>IIBBBBB',
                                                             header)
    if bits != 8 or colour not in (2, 6) or interlaced:
        sys.exit('not a picture as Chromium writes them')
    step = 3 if colour == 2 else 4
    raw = bytearray(zlib.decompress(packed))
    above = bytearray(width * step)
    colours, first = set(), None
    for start in range(0, len(raw), width * step + 1):
        line = raw[start + 1:start + 1 + width * step]
        if raw[start]:
            line = undo_filter(raw[start], line, above, step)
        above = line
        for i in range(0, len(line), step):
            colours.add(bytes(line[i:i + 3]))
        first = first or bytes(line[:3])
    print(first.hex(), len(colours))


if __name__ == '__main__':
    main()
