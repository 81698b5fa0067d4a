// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/plain_text.h"

#include <algorithm>

namespace plumbline {

namespace {

/// Columns as wide as their widest cell; bytes of UTF-8 that continue a character have no width.
std::size_t widthOf(const std::string& text)
{
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

} // namespace

std::string grouped(std::int64_t value)
{
    std::string digits = std::to_string(value);
    for (std::ptrdiff_t at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > (value < 0 ? 1 : 0); at -= 3)
        digits.insert(static_cast<std::size_t>(at), ",");
    return digits;
}

std::string exactDollars(const std::optional<MoneySum>& sum)
{
    if (!sum)
        return "–";
    std::string text = decimalText(*sum);
    const std::size_t point = text.find('.');
    if (point == std::string::npos)
        text += ".00";
    else if (text.size() - point < 3)
        text.append(3 - (text.size() - point), '0');
    return text[0] == '-' ? "-$" + text.substr(1) : "$" + text;
}

std::string tableText(const std::vector<std::vector<std::string>>& rows, std::size_t leftColumns)
{
    std::vector<std::size_t> widths;
    for (const auto& row : rows) {
        widths.resize(std::max(widths.size(), row.size()));
        for (std::size_t i = 0; i < row.size(); ++i)
            widths[i] = std::max(widths[i], widthOf(row[i]));
    }
    std::string text;
    for (const auto& row : rows) {
        std::string line;
        for (std::size_t i = 0; i < row.size(); ++i) {
            const std::string padding(widths[i] - widthOf(row[i]), ' ');
            line += (i ? "  " : "") + (i < leftColumns ? row[i] + padding : padding + row[i]);
        }
        line.erase(line.find_last_not_of(' ') + 1);
        text += line + "\n";
    }
    return text;
}

} // namespace plumbline
