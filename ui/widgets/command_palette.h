// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include "model/items/palette_list.h"

class QLineEdit;
class QListView;

namespace plumbline {

/// One field over everything that can be gone to or done. Return takes the first; the arrows choose another.
class CommandPalette : public QDialog
{
    Q_OBJECT

public:
    explicit CommandPalette(QWidget* parent);

    /// Opens at the top of its window.
    void open(std::vector<PaletteEntry> entries);
    /// More entries came while it is open.
    void add(std::vector<PaletteEntry> entries);
    PaletteList& list() { return m_list; }

signals:
    void chosen(const plumbline::PaletteEntry& entry);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void take(const QModelIndex& index);

    PaletteList m_list;
    std::vector<PaletteEntry> m_entries;
    QLineEdit* m_field;
    QListView* m_view;
};

} // namespace plumbline
