// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "model/prompts/characters.h"
#include "model/prompts/text_counters.h"
#include "model/prompts/word_counts.h"

namespace plumbline {

namespace {

using namespace characters;
using Byte = unsigned char;

/// One pass over one text. A token is what stands at a place, asked in this order: blob, word, digits, line break,
/// blanks, punctuation, a run of one script, anything else.
class Count
{
public:
    explicit Count(std::string_view text)
        : m_at(reinterpret_cast<const Byte*>(text.data()))
        , m_end(m_at + text.size())
        , m_blobsFrom(m_at)
        , m_lineBreaksFrom(m_at)
    {
    }

    TextCounters take()
    {
        while (m_at != m_end)
            token();
        m_words.settle();
        return m_sum;
    }

private:
    void token()
    {
        const std::uint8_t kind = classes[*m_at];
        if (kind & Letter) {
            const Word word = m_words.read(m_at);
            m_at = word.end;
            if (m_at != m_end && *m_at >= 0x80 && accentedWord(word.start))
                return;
            const bool mayBeBlob =
                m_at - word.start >= shortestBlob || (m_at != m_end && (classes[*m_at] & (Digit | Encoding)));
            if (!mayBeBlob || !blob(word.start))
                m_words.count(word);
        } else if (kind & Blank) {
            blanks();
        } else if (kind & Punctuation) {
            if (!(kind & Encoding) || !blob(m_at))
                punctuation();
        } else if (kind & Digit) {
            if (!blob(m_at))
                digits();
        } else if (kind & (CarriageReturn | LineFeed)) {
            if (!lineBreak())
                other(1);
        } else if (*m_at < 0x80) {
            other(1);
        } else {
            wide();
        }
    }

    /// A run of at least 32 characters of base64 that has a digit and a letter among its first forty (in which the
    /// alphabet of URLs is welcome too).
    bool blob(const Byte* start)
    {
        if (start < m_blobsFrom && m_blobsFrom - start < shortestBlob)
            return false;
        const auto isBlob = [](Byte c) { return (classes[c] & (Letter | Digit | Encoding)) != 0; };
        if (start >= m_blobsFrom) {
            m_blobsFrom = std::find_if_not(start, m_end, isBlob);
            if (m_blobsFrom - start < shortestBlob)
                return false;
        }
        bool hasDigit = false;
        bool hasLetter = false;
        for (const Byte* c = start; c != m_end && c - start < 40 && (isBlob(*c) || *c == '_' || *c == '-'); ++c) {
            hasDigit |= (classes[*c] & Digit) != 0;
            hasLetter |= (classes[*c] & Letter) != 0;
        }
        if (!hasDigit || !hasLetter)
            return false;
        m_sum[TextCounter::Blob] += length(start, m_blobsFrom);
        m_at = m_blobsFrom;
        return true;
    }

    /// The word from `start` if it goes on at m_at with a Latin letter outside ASCII.
    bool accentedWord(const Byte* start)
    {
        Decoded next = decode(m_at, m_end);
        if (scriptOf(next.codePoint) != Script::Latin)
            return false;
        std::uint32_t letters = length(start, m_at);
        while (m_at != m_end) {
            next = decode(m_at, m_end);
            const bool goesOn =
                *m_at < 0x80 ? (classes[*m_at] & Letter) != 0 : scriptOf(next.codePoint) == Script::Latin;
            if (!goesOn)
                break;
            m_at += next.size;
            ++letters;
        }
        m_words.countAccented(letters);
        return true;
    }

    void digits()
    {
        const Byte* const start = m_at;
        m_at = std::find_if(m_at, m_end, [](Byte c) { return !(classes[c] & Digit); });
        m_sum[TextCounter::Digit] += length(start, m_at);
        m_sum[TextCounter::DigitTriple] += (length(start, m_at) + 2) / 3;
    }

    void punctuation()
    {
        const Byte* const start = m_at;
        m_at = std::find_if(m_at, m_end, [](Byte c) { return !(classes[c] & Punctuation); });
        ++m_sum[TextCounter::PunctuationRun];
        m_sum[TextCounter::PunctuationMore] += length(start, m_at) - 1;
    }

    void blanks()
    {
        // Most blanks are one space between two words.
        if (*m_at == ' ' && m_end - m_at > 1 && (classes[m_at[1]] & (Letter | Digit | Punctuation))) {
            ++m_at;
            return;
        }
        if (lineBreak())
            return;
        std::uint32_t count = 0;
        for (; m_at != m_end; ++count) {
            if (classes[*m_at] & Blank)
                ++m_at;
            else if (isNoBreakSpace())
                m_at += 2;
            else
                break;
        }
        if (count > 1)
            indent(count);
    }

    /// Blanks and carriage returns up to a line feed, and all white space behind it.
    bool lineBreak()
    {
        const Byte* const start = m_at;
        if (start < m_lineBreaksFrom)
            return false;
        const auto isBefore = [](Byte c) { return (classes[c] & (Blank | CarriageReturn)) != 0; };
        const Byte* const feed = std::find_if_not(start, m_end, isBefore);
        if (feed == m_end || *feed != '\n') {
            m_lineBreaksFrom = feed; // no place before it will find one either
            return false;
        }
        std::uint32_t feeds = 0;
        std::uint32_t tail = 0; // characters behind the last line feed
        for (m_at = feed; m_at != m_end;) {
            const Decoded next = decode(m_at, m_end);
            if (next.codePoint == '\n') {
                ++feeds;
                tail = 0;
            } else if (*m_at < 0x80 ? isSpace(*m_at) : isWideSpace(next.codePoint)) {
                ++tail;
            } else {
                break;
            }
            m_at += next.size;
        }
        ++m_sum[TextCounter::LineBreak];
        m_sum[TextCounter::LineFeedOver2] += feeds > 2 ? feeds - 2 : 0;
        if (tail > 0)
            indent(tail);
        return true;
    }

    void indent(std::uint32_t blanks)
    {
        ++m_sum[TextCounter::Indent];
        m_sum[TextCounter::BlankSixteenth] += blanks;
    }

    void wide()
    {
        if (isNoBreakSpace())
            return blanks();
        const Decoded first = decode(m_at, m_end);
        const Script script = scriptOf(first.codePoint);
        if (script == Script::Other)
            return other(first.size);
        if (script == Script::Latin) {
            accentedWord(m_at);
            return;
        }
        std::uint32_t letters = 0;
        for (Decoded next = first; scriptOf(next.codePoint) == script; next = decode(m_at, m_end)) {
            m_at += next.size;
            ++letters;
            if (m_at == m_end || *m_at < 0x80)
                break;
        }
        run(script, letters);
    }

    void run(Script script, std::uint32_t letters)
    {
        using enum TextCounter;
        constexpr TextCounter lettersOf[] = {OtherByte, OtherByte, Cyrillic, Greek, ArabicHebrew, Indic,
                                             Thai,      Georgian,  Kana,     Han,   Hangul};
        m_sum[lettersOf[static_cast<std::size_t>(script)]] += letters;
        m_sum[CyrillicWord] += script == Script::Cyrillic;
        m_sum[ArabicHebrewWord] += script == Script::ArabicHebrew;
        m_sum[HangulWord] += script == Script::Hangul;
    }

    void other(std::uint32_t bytes)
    {
        m_sum[TextCounter::OtherByte] += bytes;
        m_at += bytes;
    }

    bool isNoBreakSpace() const { return *m_at == 0xC2 && m_end - m_at > 1 && m_at[1] == 0xA0; }

    static std::uint32_t length(const Byte* first, const Byte* last)
    {
        return static_cast<std::uint32_t>(last - first);
    }

    static constexpr std::ptrdiff_t shortestBlob = 32;

    const Byte* m_at;
    const Byte* m_end;
    const Byte* m_blobsFrom;      ///< the end of the run of base64 characters that was looked at last
    const Byte* m_lineBreaksFrom; ///< before it no line break begins
    TextCounters m_sum;
    WordCounts m_words{m_end, m_sum};
};

} // namespace

TextCounters countText(std::string_view utf8)
{
    return Count(utf8).take();
}

} // namespace plumbline
