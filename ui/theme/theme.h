// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace plumbline {

/// Day, dusk, or as the system has it.
enum class ThemeChoice
{
    System,
    Light,
    Dark,
};

/// Dresses the application: Fusion, the house's palette, fonts and the few rules of its style sheet. One an
/// application, owned by the window; `follow` it when the system's theme changes.
class Theme : public QObject
{
    Q_OBJECT

public:
    explicit Theme(QObject* parent = nullptr);

    ThemeChoice choice() const { return m_choice; }
    void choose(ThemeChoice choice);
    /// The system's palette may have changed: look at it again.
    void follow();

private:
    void apply();

    ThemeChoice m_choice = ThemeChoice::System;
};

} // namespace plumbline
