// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSettings>

#include "ui/window_memory.h"

namespace plumbline {

/// What the window remembers, in the user's settings.
class WindowSettings final : public WindowMemory
{
public:
    QByteArray geometry() const override;
    void keepGeometry(const QByteArray& geometry) override;
    QByteArray columns(const QString& table) const override;
    void keepColumns(const QString& table, const QByteArray& columns) override;
    QStringList recentWorkspaces() const override;
    void keepRecentWorkspaces(const QStringList& paths) override;
    QString theme() const override;
    void keepTheme(const QString& theme) override;
    QByteArray collector() const override;
    void keepCollector(const QByteArray& settings) override;
    QByteArray state(const QString& name) const override;
    void keepState(const QString& name, const QByteArray& state) override;
    QStringList filterHistory() const override;
    void keepFilterHistory(const QStringList& expressions) override;

private:
    QSettings m_settings;
};

} // namespace plumbline
