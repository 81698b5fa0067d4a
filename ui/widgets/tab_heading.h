// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QWidget>

class QPushButton;

namespace plumbline {

/// A heading of which one part is chosen: `Drain heatmap: feature × drain · feature × day · model × drain`.
class TabHeading : public QWidget
{
    Q_OBJECT

public:
    TabHeading(const QString& lead, const QStringList& tabs, QWidget* parent = nullptr);

    int choice() const { return m_choice; }
    /// Without telling.
    void choose(int tab);
    /// Renames a tab; an empty name hides it.
    void setTab(int tab, const QString& name);

signals:
    void chosen(int tab);

private:
    int m_choice = 0;
    QList<QPushButton*> m_buttons;
    QList<QWidget*> m_dots; ///< before a button; none before the first
};

} // namespace plumbline
