// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window_settings.h"

namespace plumbline {

namespace {

const QString geometryKey = QStringLiteral("window/geometry");
const QString columnsGroup = QStringLiteral("columns/");
const QString recentKey = QStringLiteral("workspaces/recent");
const QString themeKey = QStringLiteral("window/theme");
const QString stateGroup = QStringLiteral("state/");
const QString filtersKey = QStringLiteral("filters/history");
const QString collectorKey = QStringLiteral("collector/settings");

} // namespace

QByteArray WindowSettings::geometry() const
{
    return m_settings.value(geometryKey).toByteArray();
}

void WindowSettings::keepGeometry(const QByteArray& geometry)
{
    m_settings.setValue(geometryKey, geometry);
}

QByteArray WindowSettings::columns(const QString& table) const
{
    return m_settings.value(columnsGroup + table).toByteArray();
}

void WindowSettings::keepColumns(const QString& table, const QByteArray& columns)
{
    m_settings.setValue(columnsGroup + table, columns);
}

QStringList WindowSettings::recentWorkspaces() const
{
    return m_settings.value(recentKey).toStringList();
}

void WindowSettings::keepRecentWorkspaces(const QStringList& paths)
{
    m_settings.setValue(recentKey, paths);
}

QString WindowSettings::theme() const
{
    return m_settings.value(themeKey).toString();
}

void WindowSettings::keepTheme(const QString& theme)
{
    m_settings.setValue(themeKey, theme);
}

QByteArray WindowSettings::collector() const
{
    return m_settings.value(collectorKey).toByteArray();
}

void WindowSettings::keepCollector(const QByteArray& settings)
{
    m_settings.setValue(collectorKey, settings);
}

QByteArray WindowSettings::state(const QString& name) const
{
    return m_settings.value(stateGroup + name).toByteArray();
}

void WindowSettings::keepState(const QString& name, const QByteArray& state)
{
    m_settings.setValue(stateGroup + name, state);
}

QStringList WindowSettings::filterHistory() const
{
    return m_settings.value(filtersKey).toStringList();
}

void WindowSettings::keepFilterHistory(const QStringList& expressions)
{
    m_settings.setValue(filtersKey, expressions);
}

} // namespace plumbline
