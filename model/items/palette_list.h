// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractListModel>

#include <optional>
#include <vector>

#include "model/items/cell.h"

namespace plumbline {

/// Something the palette can go to or do.
struct PaletteEntry
{
    enum class Kind
    {
        Page,
        Value, ///< narrows the filter to `condition`
        Drain, ///< `id` is the drain's
        Scenario,
        Request, ///< a trace or a call; `id` is what was typed
        Command,
    };
    Kind kind = Kind::Command;
    QString title = {};
    QString detail = {}; ///< `Feature`, `Page`, or a shortcut
    QString id = {};     ///< of a page or command, the name of a scenario
    Condition condition = {};
};

/// How well `typed` matches `title`; higher is better, 0 is no match. All of `typed` must occur in order. A match at
/// the start beats one at a word's start, which beats one inside; letters together beat letters apart.
int matchScore(const QString& title, const QString& typed);

/// The entries that match what is typed, best first. DisplayRole is the title, ToolTipRole the detail.
class PaletteList : public QAbstractListModel
{
    Q_OBJECT

public:
    using QAbstractListModel::QAbstractListModel;

    void setEntries(std::vector<PaletteEntry> entries);
    /// Whether what is typed may be the id of a trace or a call: then that is the last entry.
    void setOffersRequests(bool offers) { m_offersRequests = offers; }
    void type(const QString& text);
    const PaletteEntry& entryAt(int row) const
    {
        const auto at = static_cast<std::size_t>(row);
        return at < m_shown.size() ? m_entries[m_shown[at]] : *m_request;
    }

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;

private:
    void match();

    std::vector<PaletteEntry> m_entries;
    std::vector<std::size_t> m_shown;
    QString m_typed;
    bool m_offersRequests = false;
    std::optional<PaletteEntry> m_request; ///< behind the others
};

} // namespace plumbline
