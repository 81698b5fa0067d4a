// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/json/mended.h"

#include <algorithm>

#include "model/core/ascii.h"
#include "model/core/utf8.h"

namespace plumbline::json {

namespace {

class Mending
{
public:
    explicit Mending(std::string_view text) : m_text(text) { m_mended.reserve(text.size() + text.size() / 16); }

    std::string take()
    {
        while (m_at < m_text.size()) {
            const char c = m_text[m_at];
            if (c == '"')
                takeString();
            else if (c == '-' || isDigit(c))
                takeNumber();
            else if (!takeWord("NaN") && !takeWord("Infinity"))
                keep(1);
        }
        return std::move(m_mended);
    }

private:
    void keep(std::size_t bytes)
    {
        bytes = std::min(bytes, m_text.size() - m_at);
        m_mended.append(m_text, m_at, bytes);
        m_at += bytes;
    }
    void replace(std::size_t bytes, std::string_view by)
    {
        m_mended += by;
        m_at += bytes;
    }
    bool takeWord(std::string_view word)
    {
        if (m_text.substr(m_at, word.size()) != word)
            return false;
        replace(word.size(), "null");
        return true;
    }

    void takeNumber()
    {
        constexpr std::string_view ofNumbers = "0123456789+-.eE";
        constexpr std::size_t mostDigits = 18; // fit int64
        const std::size_t end = std::min(m_text.find_first_not_of(ofNumbers, m_at), m_text.size());
        const std::string_view number = m_text.substr(m_at, end - m_at);
        if (number == "-" && m_text.substr(end, 8) == "Infinity") {
            replace(9, "null");
            return;
        }
        const std::size_t exponent = number.find_first_of("eE");
        const bool isInteger = number.find_first_not_of("0123456789", number[0] == '-') == std::string_view::npos;
        const bool isHuge = isInteger ? number.size() > mostDigits && number[number[0] == '-'] != '0'
                                      : exponent != std::string_view::npos && number.size() - exponent > 3;
        if (isHuge)
            replace(number.size(), '"' + std::string(number) + '"');
        else
            keep(number.size());
    }

    void takeString()
    {
        keep(1);
        while (m_at < m_text.size() && m_text[m_at] != '"') {
            const auto byte = static_cast<unsigned char>(m_text[m_at]);
            if (byte == '\\')
                takeEscape();
            else if (byte < 0x20)
                takeControl(byte);
            else if (const std::size_t size = characterSize(m_text.substr(m_at)); size > 0)
                keep(size);
            else
                replace(1, replacementCharacter);
        }
        keep(1);
    }
    void takeControl(unsigned char byte)
    {
        constexpr std::string_view digits = "0123456789abcdef";
        const std::string escaped{'\\', 'u', '0', '0', digits[byte >> 4U], digits[byte & 15U]};
        replace(1, escaped);
    }
    /// `\ud83d`: the first half of a character wants the second behind it.
    void takeEscape()
    {
        const auto half = [&](std::size_t at, char first, char last) {
            const std::string_view of = m_text.substr(at, 6);
            return of.size() == 6 && of[0] == '\\' && of[1] == 'u' && lowerCase(of[2]) == 'd' &&
                   lowerCase(of[3]) >= first && lowerCase(of[3]) <= last && isHexDigit(of[4]) && isHexDigit(of[5]);
        };
        const bool isFirst = half(m_at, '8', 'b'), isSecond = half(m_at, 'c', 'f');
        if (isFirst && half(m_at + 6, 'c', 'f'))
            keep(12);
        else if (isFirst || isSecond)
            replace(6, "\\ufffd");
        else
            keep(2);
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    std::string m_mended;
};

} // namespace

std::string mended(std::string_view text)
{
    return Mending(text).take();
}

} // namespace plumbline::json
