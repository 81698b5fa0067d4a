// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHash>
#include <QString>
#include <QStringList>

namespace plumbline {

/// What the window remembers from one day to the next. The application keeps it in its settings; GUI thread.
class WindowMemory
{
public:
    virtual ~WindowMemory() = default;

    virtual QByteArray geometry() const = 0;
    virtual void keepGeometry(const QByteArray& geometry) = 0;
    /// Widths, order and choice of a table's columns, by the table's name.
    virtual QByteArray columns(const QString& table) const = 0;
    virtual void keepColumns(const QString& table, const QByteArray& columns) = 0;
    /// Paths, the last one opened first.
    virtual QStringList recentWorkspaces() const = 0;
    virtual void keepRecentWorkspaces(const QStringList& paths) = 0;
    /// `light`, `dark`, or empty for the system's.
    virtual QString theme() const = 0;
    virtual void keepTheme(const QString& theme) = 0;
    /// How the collector listens, as JSON.
    virtual QByteArray collector() const = 0;
    virtual void keepCollector(const QByteArray& settings) = 0;
    /// What else a part of the window remembers, by its name: where a splitter stands, that a tour was seen.
    virtual QByteArray state(const QString& name) const = 0;
    virtual void keepState(const QString& name, const QByteArray& state) = 0;
    /// Expressions that were filtered by, the last one first.
    virtual QStringList filterHistory() const = 0;
    virtual void keepFilterHistory(const QStringList& expressions) = 0;
};

/// Remembers until it is destroyed: for tests and pictures.
class TransientMemory final : public WindowMemory
{
public:
    QByteArray geometry() const override { return m_geometry; }
    void keepGeometry(const QByteArray& geometry) override { m_geometry = geometry; }
    QByteArray columns(const QString& table) const override { return m_columns.value(table); }
    void keepColumns(const QString& table, const QByteArray& columns) override { m_columns.insert(table, columns); }
    QStringList recentWorkspaces() const override { return m_recent; }
    void keepRecentWorkspaces(const QStringList& paths) override { m_recent = paths; }
    QString theme() const override { return m_theme; }
    void keepTheme(const QString& theme) override { m_theme = theme; }
    QByteArray collector() const override { return m_collector; }
    void keepCollector(const QByteArray& settings) override { m_collector = settings; }
    QByteArray state(const QString& name) const override { return m_states.value(name); }
    void keepState(const QString& name, const QByteArray& state) override { m_states.insert(name, state); }
    QStringList filterHistory() const override { return m_filters; }
    void keepFilterHistory(const QStringList& expressions) override { m_filters = expressions; }

private:
    QByteArray m_geometry;
    QHash<QString, QByteArray> m_columns;
    QStringList m_recent;
    QString m_theme;
    QByteArray m_collector;
    QHash<QString, QByteArray> m_states;
    QStringList m_filters;
};

} // namespace plumbline
