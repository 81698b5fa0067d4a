// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string_view>

#include "importers/parquet/metadata.h"

namespace plumbline::parquet {

/// Unsupported, by name, for a compression that unpack() does not know.
Result<> checkCodec(Codec codec);

/// The most bytes that `packed` bytes can become: a claim beyond it is a lie, and nothing is allocated for it.
std::uint64_t mostUnpacked(Codec codec, std::uint64_t packed);

/// Unpacks pages; keeps what the codecs need between pages.
class Unpacker
{
public:
    Unpacker();
    ~Unpacker();

    /// Fills exactly `size` bytes of `into`, or Malformed. Uncompressed bytes need no unpacking.
    Result<> unpack(Codec codec, std::string_view packed, char* into, std::size_t size);

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace plumbline::parquet
