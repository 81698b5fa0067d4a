// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/store/external_id.h"

#include <array>
#include <cstdint>

namespace plumbline::store {

namespace {

constexpr std::array<std::int8_t, 256> hexValues = [] {
    std::array<std::int8_t, 256> values{};
    values.fill(-1);
    for (int i = 0; i < 10; ++i)
        values[static_cast<std::size_t>('0' + i)] = static_cast<std::int8_t>(i);
    for (int i = 0; i < 6; ++i)
        values[static_cast<std::size_t>('a' + i)] = static_cast<std::int8_t>(10 + i);
    return values;
}();

int hexValue(char c)
{
    return hexValues[static_cast<unsigned char>(c)];
}

bool isDashOfUuid(std::size_t position)
{
    return position == 8 || position == 13 || position == 18 || position == 23;
}

bool isUuid(std::string_view id)
{
    if (id.size() != 36)
        return false;
    for (std::size_t i = 0; i < id.size(); ++i)
        if (isDashOfUuid(i) ? id[i] != '-' : hexValue(id[i]) < 0)
            return false;
    return true;
}

bool isHex(std::string_view id)
{
    if (id.empty() || id.size() % 2 != 0)
        return false;
    for (const char c : id)
        if (hexValue(c) < 0)
            return false;
    return true;
}

} // namespace

void appendPackedId(std::string& into, std::string_view id)
{
    if (id.empty())
        return;
    const bool uuid = isUuid(id);
    if (!uuid && !isHex(id)) {
        into.push_back('t');
        into.append(id);
        return;
    }
    into.push_back(uuid ? 'u' : 'h');
    int high = -1;
    for (const char c : id) {
        if (c == '-')
            continue;
        if (high < 0) {
            high = hexValue(c);
        } else {
            into.push_back(static_cast<char>(high * 16 + hexValue(c)));
            high = -1;
        }
    }
}

std::uint64_t keyOfId(const Hasher& hasher, std::string_view packed)
{
    if (!packed.starts_with('u'))
        return hasher.hash64(packed);
    std::string asHex(packed);
    asHex[0] = 'h';
    return hasher.hash64(asHex);
}

std::string packedId(std::string_view id)
{
    std::string packed;
    appendPackedId(packed, id);
    return packed;
}

std::string unpackedId(std::string_view packed)
{
    constexpr char digits[] = "0123456789abcdef";
    if (packed.empty())
        return {};
    if (packed[0] == 't')
        return std::string(packed.substr(1));
    std::string id;
    for (const char byte : packed.substr(1)) {
        if (packed[0] == 'u' && isDashOfUuid(id.size()))
            id.push_back('-');
        id.push_back(digits[static_cast<unsigned char>(byte) >> 4]);
        id.push_back(digits[static_cast<unsigned char>(byte) & 15]);
    }
    return id;
}

} // namespace plumbline::store
