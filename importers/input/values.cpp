// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstring>
#include <string>

#include "importers/input/buffer.h"
#include "importers/input/record_reader.h"

namespace plumbline::input {

namespace {

/// Arrays whose elements are records of their own.
constexpr std::string_view containers[] = {"data", "runs", "items", "observations", "batch", "scores", "traces"};
/// Members that are records of their own.
constexpr std::string_view membersOfTheirOwn[] = {"trace"};

template <std::size_t Count>
std::string_view oneOf(const std::string_view (&names)[Count], std::string_view name)
{
    for (const std::string_view known : names)
        if (known == name)
            return known;
    return {};
}

bool isBlank(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

/// Finds the end of a JSON value, a piece at a time: nothing is looked at twice.
class ValueScan
{
public:
    /// Scans on from where it stopped. True when the value's end lies at `at()`.
    bool advance(std::string_view text, bool isAtEnd)
    {
        while (m_at < text.size()) {
            const char c = text[m_at];
            if (m_inString) {
                // Most bytes of a file lie in strings: jump from quote to quote.
                const auto* quote = static_cast<const char*>(std::memchr(text.data() + m_at, '"', text.size() - m_at));
                const std::size_t stop = quote ? static_cast<std::size_t>(quote - text.data()) : text.size();
                std::size_t backslashes = 0;
                for (std::size_t i = stop; i > m_at && text[i - 1] == '\\'; --i)
                    ++backslashes;
                if (backslashes == stop - m_at && m_escaped)
                    ++backslashes;
                if (!quote) {
                    m_escaped = backslashes % 2 == 1;
                    m_at = text.size();
                    return false;
                }
                m_escaped = false;
                m_at = stop + 1;
                if (backslashes % 2 == 0) {
                    m_inString = false;
                    if (m_depth == 0)
                        return true;
                }
                continue;
            }
            switch (c) {
            case '"':
                if (m_depth == 0 && m_at > m_start)
                    return true; // behind a number
                m_inString = true;
                break;
            case '{':
            case '[':
                ++m_depth;
                break;
            case '}':
            case ']':
                if (m_depth == 0)
                    return true; // the end of what the value stands in
                if (--m_depth == 0) {
                    ++m_at;
                    return true;
                }
                break;
            case ',':
            case ' ':
            case '\n':
            case '\r':
            case '\t':
                if (m_depth == 0)
                    return true;
                break;
            default:
                break;
            }
            ++m_at;
        }
        return isAtEnd && m_depth == 0 && !m_inString && m_at > m_start;
    }
    void begin(std::size_t at)
    {
        m_at = m_start = at;
        m_depth = 0;
        m_inString = m_escaped = false;
    }
    std::size_t at() const { return m_at; }

private:
    std::size_t m_at = 0;
    std::size_t m_start = 0;
    std::size_t m_depth = 0;
    bool m_inString = false;
    bool m_escaped = false;
};

class ValueSplitter : public Splitter
{
public:
    Result<std::optional<Found>> next(Buffer& buffer) override
    {
        buffer.drop(m_at);
        m_at = 0;
        for (;;) {
            if (!TRY(skipBlanks(buffer))) {
                if (m_place == Place::Outside)
                    return std::optional<Found>();
                return tooShort();
            }
            const char c = buffer.unread()[m_at];
            switch (m_place) {
            case Place::Outside:
                if (c == '[' || c == '{') {
                    ++m_at;
                    m_place = c == '[' ? Place::Array : Place::Object;
                    m_objectStart = m_at - 1;
                    m_envelope.clear();
                    m_isEnvelope = false;
                    continue;
                }
                if (c == ',') {
                    ++m_at; // between values that somebody joined by commas
                    continue;
                }
                return tl::unexpected(Error{.kind = ErrorKind::Malformed,
                                            .reason = "not JSON: an object or array was expected",
                                            .record = m_number + 1});
            case Place::Array:
            case Place::Container:
                if (c == ',') {
                    ++m_at;
                    continue;
                }
                if (c == ']') {
                    ++m_at;
                    m_place = m_place == Place::Array ? Place::Outside : Place::Object;
                    continue;
                }
                if (c == '}' || c == ':')
                    return broken();
                {
                    const auto element = TRY(scanValue(buffer));
                    return std::optional(
                        give(m_place == Place::Array ? std::string_view() : m_container, element, buffer));
                }
            case Place::Object:
                if (c == ',') {
                    ++m_at;
                    continue;
                }
                if (c == '}') {
                    ++m_at;
                    m_place = Place::Outside;
                    if (!m_isEnvelope)
                        return std::optional(give({}, {m_objectStart, m_at - m_objectStart}, buffer));
                    if (m_envelope.empty())
                        continue;
                    m_envelope.insert(0, "{");
                    m_envelope += "}";
                    const std::size_t size = m_envelope.size();
                    m_envelope.append(json::padding, ' ');
                    return std::optional(
                        Found{.record = Record{"envelope", std::string_view(m_envelope).substr(0, size), ++m_number}});
                }
                if (c != '"')
                    return broken();
                if (const auto found = TRY(member(buffer)))
                    return std::optional(*found);
                continue;
            }
        }
    }

private:
    enum class Place
    {
        Outside,
        Array,
        Object,
        Container,
    };
    struct Range
    {
        std::size_t begin = 0;
        std::size_t size = 0;
    };

    tl::unexpected<Error> tooShort() const
    {
        return tl::unexpected(
            Error{.kind = ErrorKind::Malformed, .reason = "the file ends in the middle", .record = m_number + 1});
    }
    tl::unexpected<Error> broken() const
    {
        return tl::unexpected(Error{.kind = ErrorKind::Malformed,
                                    .reason = "not JSON: the file's structure is broken here",
                                    .record = m_number + 1});
    }

    Result<bool> skipBlanks(Buffer& buffer)
    {
        for (;;) {
            const std::string_view unread = buffer.unread();
            while (m_at < unread.size() && isBlank(unread[m_at]))
                ++m_at;
            if (m_at < unread.size())
                return true;
            if (!TRY(buffer.more()))
                return false;
        }
    }

    /// The value that begins at m_at; moves behind it.
    Result<Range> scanValue(Buffer& buffer)
    {
        const std::size_t begin = m_at;
        m_scan.begin(begin);
        while (!m_scan.advance(buffer.unread(), buffer.isAtEnd())) {
            if (buffer.isAtEnd())
                return tooShort();
            if (buffer.unread().size() - begin > largestRecord)
                return tl::unexpected(Error{
                    .kind = ErrorKind::TooLarge, .reason = "a record of more than 256 MB", .record = m_number + 1});
            TRY(buffer.more());
        }
        m_at = m_scan.at();
        if (m_at == begin)
            return broken();
        return Range{begin, m_at - begin};
    }

    /// A member of a top-level object: enters its array, hands it out, or keeps it for the envelope.
    Result<std::optional<Found>> member(Buffer& buffer)
    {
        const std::size_t begin = m_at;
        const Range key = TRY(scanValue(buffer));
        if (!TRY(skipBlanks(buffer)))
            return tooShort();
        if (buffer.unread()[m_at] != ':')
            return broken();
        ++m_at;
        if (!TRY(skipBlanks(buffer)))
            return tooShort();
        const std::string_view name = buffer.unread().substr(key.begin + 1, key.size - 2);
        const std::string_view container = oneOf(containers, name);
        const std::string_view ownMember = oneOf(membersOfTheirOwn, name);
        if (!container.empty() && buffer.unread()[m_at] == '[') {
            startEnvelope(buffer, begin);
            ++m_at;
            m_container = container;
            m_place = Place::Container;
            return std::optional<Found>();
        }
        const bool handsOut = !ownMember.empty() && buffer.unread()[m_at] == '{';
        if (handsOut)
            startEnvelope(buffer, begin);
        const Range value = TRY(scanValue(buffer));
        if (handsOut)
            return std::optional(give(ownMember, value, buffer));
        if (m_isEnvelope) {
            if (!m_envelope.empty())
                m_envelope += ",";
            m_envelope.append(buffer.unread().substr(begin, m_at - begin));
            buffer.drop(m_at);
            m_at = 0;
        }
        return std::optional<Found>();
    }

    /// From here on the object is no record itself: what was read of it is kept aside.
    void startEnvelope(const Buffer& buffer, std::size_t end)
    {
        if (m_isEnvelope)
            return;
        m_isEnvelope = true;
        std::string_view before = buffer.unread().substr(m_objectStart + 1, end - m_objectStart - 1);
        while (!before.empty() && (isBlank(before.back()) || before.back() == ','))
            before.remove_suffix(1);
        m_envelope.assign(before);
    }

    Found give(std::string_view container, Range range, const Buffer& buffer)
    {
        return {.record = Record{container, buffer.unread().substr(range.begin, range.size), ++m_number}};
    }

    Place m_place = Place::Outside;
    std::string_view m_container;
    std::size_t m_at = 0;          ///< in what is unread
    std::size_t m_objectStart = 0; ///< of the top-level object at hand, while all of it is still unread
    bool m_isEnvelope = false;
    std::string m_envelope;
    ValueScan m_scan;
    std::uint64_t m_number = 0;
};

} // namespace

std::unique_ptr<Splitter> valueSplitter()
{
    return std::make_unique<ValueSplitter>();
}

} // namespace plumbline::input
