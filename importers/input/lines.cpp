// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/input/buffer.h"
#include "importers/input/record_reader.h"

namespace plumbline::input {

namespace {

class LineSplitter : public Splitter
{
public:
    Result<std::optional<Found>> next(Buffer& buffer) override
    {
        buffer.drop(std::exchange(m_given, 0));
        for (;;) {
            const std::string_view unread = buffer.unread();
            const std::size_t end = unread.find('\n', m_searched);
            const bool isLast = end == std::string_view::npos && buffer.isAtEnd();
            if (end == std::string_view::npos && !isLast) {
                m_searched = unread.size();
                if (unread.size() > largestRecord) {
                    TRY(skipLine(buffer));
                    return std::optional(Found{.bad = BadRecord{++m_number, "a record of more than 256 MB"}});
                }
                TRY(buffer.more());
                continue;
            }
            m_searched = 0;
            std::string_view line = unread.substr(0, end);
            const std::size_t whole = isLast ? line.size() : line.size() + 1;
            while (!line.empty() && (line.back() == '\r' || line.back() == ' ' || line.back() == '\t'))
                line.remove_suffix(1);
            if (line.empty()) {
                buffer.drop(whole);
                if (isLast)
                    return std::optional<Found>();
                continue;
            }
            m_given = whole;
            return std::optional(Found{.record = Record{.text = line, .number = ++m_number}});
        }
    }

private:
    /// Lets go of the rest of a line without keeping it.
    Result<> skipLine(Buffer& buffer)
    {
        m_searched = 0;
        for (;;) {
            const std::string_view unread = buffer.unread();
            const std::size_t end = unread.find('\n');
            buffer.drop(end == std::string_view::npos ? unread.size() : end + 1);
            if (end != std::string_view::npos || !TRY(buffer.more()))
                return {};
        }
    }

    std::size_t m_given = 0;    ///< bytes of the line handed out last
    std::size_t m_searched = 0; ///< bytes known to hold no line end
    std::uint64_t m_number = 0;
};

} // namespace

std::unique_ptr<Splitter> lineSplitter()
{
    return std::make_unique<LineSplitter>();
}

} // namespace plumbline::input
