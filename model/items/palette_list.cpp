// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/items/palette_list.h"

#include <algorithm>

namespace plumbline {

namespace {

// More than a screen of answers is answered by typing on.
constexpr std::size_t mostShown = 200;

bool isWordStart(const QString& text, qsizetype at)
{
    return at == 0 || !text[at - 1].isLetterOrNumber();
}

} // namespace

int matchScore(const QString& title, const QString& typed)
{
    if (typed.isEmpty())
        return 1;
    // A penalty for long titles makes the closest of equal matches the first.
    const int length = static_cast<int>(std::min<qsizetype>(title.size(), 99));
    const qsizetype found = title.indexOf(typed, 0, Qt::CaseInsensitive);
    if (found == 0)
        return 4000 - length;
    for (qsizetype at = found; at >= 0; at = title.indexOf(typed, at + 1, Qt::CaseInsensitive))
        if (isWordStart(title, at))
            return 3000 - length;
    if (found > 0)
        return 2000 - length;
    qsizetype at = 0;
    qsizetype first = -1;
    for (const QChar letter : typed) {
        if (letter.isSpace())
            continue;
        at = title.indexOf(letter, at, Qt::CaseInsensitive);
        if (at < 0)
            return 0;
        if (first < 0)
            first = at;
        ++at;
    }
    return std::max(1, 1000 - static_cast<int>(at - first) * 5 - length);
}

void PaletteList::setEntries(std::vector<PaletteEntry> entries)
{
    m_entries = std::move(entries);
    match();
}

void PaletteList::type(const QString& text)
{
    m_typed = text.trimmed();
    match();
}

int PaletteList::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size() + m_request.has_value());
}

QVariant PaletteList::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const PaletteEntry& entry = entryAt(index.row());
    if (role == Qt::DisplayRole)
        return entry.title;
    if (role == Qt::ToolTipRole)
        return entry.detail;
    return {};
}

void PaletteList::match()
{
    beginResetModel();
    std::vector<int> scores(m_entries.size());
    m_shown.clear();
    for (std::size_t i = 0; i < m_entries.size(); ++i) {
        scores[i] = matchScore(m_entries[i].title, m_typed);
        if (scores[i] > 0)
            m_shown.push_back(i);
    }
    std::stable_sort(m_shown.begin(), m_shown.end(),
                     [&](std::size_t a, std::size_t b) { return scores[a] > scores[b]; });
    m_shown.resize(std::min(m_shown.size(), mostShown));
    m_request.reset();
    constexpr qsizetype shortestId = 4;
    if (m_offersRequests && m_typed.size() >= shortestId && !m_typed.contains(u' '))
        m_request = PaletteEntry{.kind = PaletteEntry::Kind::Request,
                                 .title = tr("Go to the trace or call %1").arg(m_typed),
                                 .detail = tr("Trace"),
                                 .id = m_typed};
    endResetModel();
}

} // namespace plumbline
