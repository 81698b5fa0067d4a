// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "importers/parquet/pages.h"
#include "importers/parquet/schema.h"

namespace plumbline::parquet {

/// The most values that are decoded at once.
constexpr std::size_t batchSize = 512;

/// Values as they come out of a page, nulls left out: numbers (booleans, integers, the bits of floats) or bytes.
struct Values
{
    std::vector<std::int64_t> numbers = {};
    std::vector<std::string_view> bytes = {};
};

/// The values of a dictionary page as JSON: each is written once, however often a column repeats it.
struct Dictionary
{
    std::string text = {};
    std::vector<std::size_t> ends = {}; ///< of the values, in the text

    std::string_view value(std::size_t index) const
    {
        const std::size_t begin = index == 0 ? 0 : ends[index - 1];
        return {text.data() + begin, ends[index] - begin};
    }
    std::size_t memory() const { return text.capacity() + ends.capacity() * sizeof(std::size_t); }
};

/// Reads the values of one page.
class Decoder
{
public:
    virtual ~Decoder() = default;
    /// Decodes `wanted` (1 to batchSize) values or fewer, but at least one, to the begin of `into`. Bytes are valid
    /// until the next call. Malformed if there is none left.
    virtual Result<std::size_t> next(std::size_t wanted, Values& into) = 0;
};

/// Whether values of that kind of column come out as numbers.
bool isNumeric(PhysicalType type);

/// Values that lie one after another.
std::unique_ptr<Decoder> plainDecoder(const Leaf& leaf, std::string_view body);

/// A decoder for a page's body, which must outlive it, as must the leaf and the dictionary. Dictionary indices come out
/// as the JSON of their values. Malformed or Unsupported.
Result<std::unique_ptr<Decoder>> decoderFor(const Leaf& leaf, Encoding encoding, std::string_view body,
                                            const Dictionary& dictionary);

} // namespace plumbline::parquet
