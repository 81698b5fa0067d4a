// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QListWidget>

namespace plumbline {

/// The pages of the window, each with a quiet figure. Arrow keys walk it.
class NavList : public QListWidget
{
    Q_OBJECT

public:
    explicit NavList(QWidget* parent = nullptr);

    void addPage(const QString& id, const QString& title);
    void setCount(const QString& id, const QString& count);
    void choose(const QString& id);

signals:
    void chosen(const QString& id);

private:
    QListWidgetItem* itemOf(const QString& id) const;
};

} // namespace plumbline
