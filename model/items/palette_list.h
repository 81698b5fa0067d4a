// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractListModel>

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
        Command,
    };
    Kind kind = Kind::Command;
    QString title = {};
    QString detail = {}; ///< `Feature`, `Page`, or a shortcut
    QString id = {};     ///< of a page or command
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
    void type(const QString& text);
    const PaletteEntry& entryAt(int row) const { return m_entries[m_shown[static_cast<std::size_t>(row)]]; }

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;

private:
    void match();

    std::vector<PaletteEntry> m_entries;
    std::vector<std::size_t> m_shown;
    QString m_typed;
};

} // namespace plumbline
