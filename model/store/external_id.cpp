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
    int worst = 0;
    for (const char c : id)
        worst |= hexValue(c);
    return worst >= 0;
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
    const std::size_t begin = into.size();
    into.resize(begin + 1 + (uuid ? 16 : id.size() / 2));
    char* byte = into.data() + begin;
    *byte++ = uuid ? 'u' : 'h';
    for (std::size_t i = 0; i < id.size(); i += 2) {
        i += uuid && id[i] == '-';
        *byte++ = static_cast<char>(hexValue(id[i]) * 16 + hexValue(id[i + 1]));
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
