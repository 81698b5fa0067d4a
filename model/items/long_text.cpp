// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/items/long_text.h"

#include <QIODevice>
#include <QStringMatcher>

#include <algorithm>
#include <limits>

#include "model/items/format.h"

namespace plumbline {

namespace {

constexpr std::size_t longestPart = 4 << 20;
/// A line that ends this near before the end of a part ends the part.
constexpr std::size_t longestLastLine = 64 << 10;

/// At a place where no character is torn; after a line where one ends near.
std::size_t endOfPart(std::string_view text, std::size_t from)
{
    if (text.size() - from <= longestPart)
        return text.size();
    std::size_t end = from + longestPart;
    const std::string_view lastLine = text.substr(end - longestLastLine, longestLastLine);
    if (const std::size_t line = lastLine.rfind('\n'); line != lastLine.npos)
        return end - longestLastLine + line + 1;
    constexpr int longestCharacter = 4;
    for (int i = 0; i < longestCharacter && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80; ++i)
        --end;
    return end;
}

/// How often `all` holds `text`, up to so many times.
Result<int> times(const QString& all, const QString& text, int most, const StopToken& stop)
{
    if (text.isEmpty())
        return 0;
    // Window by window: how long one search takes is up to the texts.
    constexpr qsizetype window = 1 << 16;
    const QStringMatcher matcher(text, Qt::CaseInsensitive);
    int times = 0;
    for (qsizetype from = 0; times < most && from + text.size() <= all.size();) {
        TRY(stop.check());
        const qsizetype found = matcher.indexIn(QStringView(all).mid(from, window + text.size() - 1));
        times += found >= 0 ? 1 : 0;
        from += found >= 0 ? found + text.size() : window;
    }
    TRY(stop.check());
    return times;
}

} // namespace

LongText::LongText(const QString& text) : LongText(std::vector{std::make_shared<const std::string>(fromQt(text))}) {}

LongText::LongText(const std::vector<Piece>& pieces)
{
    static const Piece between = std::make_shared<const std::string>("\n\n");
    for (const Piece& piece : pieces) {
        if (!piece || piece->empty())
            continue;
        if (!isEmpty())
            add(between);
        add(piece);
    }
}

void LongText::add(const Piece& piece)
{
    m_bytes += piece->size();
    const bool fits = !m_parts.empty() && m_lastPart + piece->size() <= longestPart;
    if (fits) {
        m_parts.back().push_back({piece, 0, piece->size()});
        m_lastPart += piece->size();
        return;
    }
    for (std::size_t from = 0; from < piece->size();) {
        const std::size_t to = endOfPart(*piece, from);
        m_parts.push_back({{piece, from, to}});
        m_lastPart = to - from;
        from = to;
    }
}

QString LongText::part(int index) const
{
    QString text;
    for (const Span& span : m_parts.at(static_cast<std::size_t>(index)))
        text += toQt(std::string_view(*span.piece).substr(span.from, span.to - span.from));
    return text;
}

Result<std::optional<int>> LongText::partWith(const QString& text, int first, Direction direction,
                                              const StopToken& stop) const
{
    for (int i = 0; i < parts(); ++i) {
        const int index = (first + (direction == Direction::Backwards ? parts() - i : i)) % parts();
        if (TRY(times(part(index), text, 1, stop)) > 0)
            return index;
    }
    return std::nullopt;
}

Result<int> LongText::timesIn(int part, const QString& text, const StopToken& stop) const
{
    return times(this->part(part), text, std::numeric_limits<int>::max(), stop);
}

bool LongText::writeTo(QIODevice& device) const
{
    return std::all_of(m_parts.begin(), m_parts.end(), [&](const std::vector<Span>& part) {
        return std::all_of(part.begin(), part.end(), [&](const Span& span) {
            const auto size = static_cast<qint64>(span.to - span.from);
            return device.write(span.piece->data() + span.from, size) == size;
        });
    });
}

} // namespace plumbline
