// Numbers at the edges of what the binary format allows.

#include "interp/byte_reader.h"

#include <gtest/gtest.h>

#include <limits>
#include <vector>

namespace goshawk::interp {
namespace {

using ByteVector = std::vector<uint8_t>;

// What a function of the reader makes of some bytes, all of which it must read
// unless it fails.
template <typename T>
T Read(T (ByteReader::*read)(), const ByteVector& bytes) {
  ByteReader reader(bytes);
  T value = (reader.*read)();
  EXPECT_TRUE(reader.ok()) << Message(reader.error());
  EXPECT_TRUE(reader.AtEnd());
  return value;
}

template <typename T>
ReadError ErrorOf(T (ByteReader::*read)(), const ByteVector& bytes) {
  ByteReader reader(bytes);
  EXPECT_EQ((reader.*read)(), T{0});
  EXPECT_TRUE(reader.AtEnd());
  EXPECT_EQ(reader.error_offset(), 0u);
  return reader.error();
}

TEST(ByteReaderTest, ReadsUnsignedNumbers) {
  EXPECT_EQ(Read(&ByteReader::VarU32, {0x00}), 0u);
  EXPECT_EQ(Read(&ByteReader::VarU32, {0x7f}), 127u);
  EXPECT_EQ(Read(&ByteReader::VarU32, {0x80, 0x01}), 128u);
  EXPECT_EQ(Read(&ByteReader::VarU32, {0xff, 0xff, 0xff, 0xff, 0x0f}),
            0xffffffffu);
  // Longer than need be.
  EXPECT_EQ(Read(&ByteReader::VarU32, {0xc0, 0x00}), 64u);
  EXPECT_EQ(Read(&ByteReader::VarU32, {0x83, 0x80, 0x80, 0x80, 0x00}), 3u);
}

TEST(ByteReaderTest, ReadsSignedNumbers) {
  EXPECT_EQ(Read(&ByteReader::VarS32, {0x3f}), 63);
  EXPECT_EQ(Read(&ByteReader::VarS32, {0x40}), -64);
  EXPECT_EQ(Read(&ByteReader::VarS32, {0x7f}), -1);
  EXPECT_EQ(Read(&ByteReader::VarS32, {0xff, 0x7f}), -1);
  EXPECT_EQ(Read(&ByteReader::VarS32, {0x80, 0x80, 0x80, 0x80, 0x78}),
            std::numeric_limits<int32_t>::min());
  EXPECT_EQ(Read(&ByteReader::VarS32, {0xff, 0xff, 0xff, 0xff, 0x07}),
            std::numeric_limits<int32_t>::max());
  EXPECT_EQ(Read(&ByteReader::VarS33, {0xff, 0xff, 0xff, 0xff, 0x0f}),
            int64_t{0xffffffff});
  EXPECT_EQ(Read(&ByteReader::VarS33, {0x80, 0x80, 0x80, 0x80, 0x70}),
            -(int64_t{1} << 32));
  ByteVector smallest(10, 0x80);
  smallest.back() = 0x7f;
  EXPECT_EQ(Read(&ByteReader::VarS64, smallest),
            std::numeric_limits<int64_t>::min());
}

TEST(ByteReaderTest, RefusesNumbersThatDoNotFit) {
  constexpr ReadError kLarge = ReadError::kIntegerTooLarge;
  EXPECT_EQ(ErrorOf(&ByteReader::VarU32, {0xff, 0xff, 0xff, 0xff, 0x1f}),
            kLarge);
  EXPECT_EQ(ErrorOf(&ByteReader::VarS32, {0xff, 0xff, 0xff, 0xff, 0x4f}),
            kLarge);
  EXPECT_EQ(ErrorOf(&ByteReader::VarS32, {0x80, 0x80, 0x80, 0x80, 0x08}),
            kLarge);
  EXPECT_EQ(ErrorOf(&ByteReader::VarS33, {0x80, 0x80, 0x80, 0x80, 0x10}),
            kLarge);
  ByteVector large(10, 0x80);
  large.back() = 0x01;
  EXPECT_EQ(ErrorOf(&ByteReader::VarS64, large), kLarge);
}

TEST(ByteReaderTest, RefusesNumbersThatAreTooLong) {
  constexpr ReadError kLong = ReadError::kIntegerTooLong;
  EXPECT_EQ(ErrorOf(&ByteReader::VarU32, {0x80, 0x80, 0x80, 0x80, 0x80, 0x00}),
            kLong);
  EXPECT_EQ(ErrorOf(&ByteReader::VarS32, {0xff, 0xff, 0xff, 0xff, 0xff, 0x7f}),
            kLong);
  EXPECT_EQ(ErrorOf(&ByteReader::VarS64, ByteVector(11, 0x80)), kLong);
}

// With enough bytes behind them numbers are read all at once.
TEST(ByteReaderTest, WhatFollowsANumberIsNoPartOfIt) {
  for (const ByteVector& number :
       {ByteVector{0x3f},
        {0x40},
        {0xc0, 0x00},
        {0xff, 0x7f},
        {0xc0, 0xbb, 0x78},
        {0x80, 0x80, 0x80, 0x40},
        {0x83, 0x80, 0x80, 0x80, 0x00},
        {0xff, 0xff, 0xff, 0xff, 0x0f},
        {0xff, 0xff, 0xff, 0xff, 0x4f},
        {0x80, 0x80, 0x80, 0x80, 0x80, 0x00},
        {0x80, 0xff, 0x81, 0xc0, 0x93, 0xa5, 0x41},
        {0x80, 0xff, 0x81, 0xc0, 0x93, 0xa5, 0xc1, 0x5d},
        {0x80, 0xff, 0x81, 0xc0, 0x93, 0xa5, 0xc1, 0xdd, 0x01},
        {0x80, 0xff, 0x81, 0xc0, 0x93, 0xa5, 0xc1, 0xdd, 0xff, 0x7f},
        ByteVector(11, 0x80)}) {
    for (const uint8_t after : {0x00, 0x7f, 0x80, 0xff}) {
      ByteVector more = number;
      more.insert(more.end(), 8, after);
      auto same = [&](auto read) {
        ByteReader alone(number), followed(more);
        const auto value = (alone.*read)();
        EXPECT_EQ((followed.*read)(), value);
        EXPECT_EQ(followed.error(), alone.error());
        if (alone.ok()) {
          EXPECT_EQ(followed.offset(), number.size());
        }
      };
      same(&ByteReader::VarU32);
      same(&ByteReader::VarS32);
      same(&ByteReader::VarS33);
      same(&ByteReader::VarS64);
    }
  }
}

TEST(ByteReaderTest, StopsAtTheEnd) {
  constexpr ReadError kEnd = ReadError::kUnexpectedEnd;
  EXPECT_EQ(ErrorOf(&ByteReader::Byte, {}), kEnd);
  EXPECT_EQ(ErrorOf(&ByteReader::VarU32, {}), kEnd);
  EXPECT_EQ(ErrorOf(&ByteReader::VarU32, {0x80}), kEnd);
  EXPECT_EQ(ErrorOf(&ByteReader::VarS64, {0x80, 0x80}), kEnd);
  EXPECT_EQ(ErrorOf(&ByteReader::U32, {1, 2, 3}), kEnd);
  EXPECT_EQ(ErrorOf(&ByteReader::U64, {1, 2, 3, 4, 5, 6, 7}), kEnd);
}

TEST(ByteReaderTest, TheFirstErrorSticks) {
  ByteVector bytes = {1, 0x80, 0x80, 0x80, 0x80, 0x80, 5};
  ByteReader reader(bytes);
  EXPECT_EQ(reader.Byte(), 1);
  EXPECT_EQ(reader.VarU32(), 0u);
  EXPECT_EQ(reader.Byte(), 0);
  EXPECT_TRUE(reader.Take(1).empty());
  EXPECT_EQ(reader.error(), ReadError::kIntegerTooLong);
  EXPECT_EQ(reader.error_offset(), 1u);
}

TEST(ByteReaderTest, ReadsFixedNumbersAndParts) {
  ByteVector bytes = {0xff, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 0xff};
  ByteReader reader(bytes, 1, 12);
  EXPECT_EQ(reader.offset(), 1u);
  EXPECT_EQ(reader.U32(), 0x04030201u);
  EXPECT_EQ(reader.Peek(), 5);
  EXPECT_EQ(reader.Take(3).size(), 3u);
  EXPECT_EQ(reader.offset(), 8u);
  reader.Skip(4);
  EXPECT_EQ(reader.remaining(), 1u);
  EXPECT_EQ(reader.Byte(), 12);
  EXPECT_TRUE(reader.AtEnd());
  EXPECT_EQ(reader.Peek(), 0);
  EXPECT_TRUE(reader.ok());
}

}  // namespace
}  // namespace goshawk::interp
