// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAccessible>
#include <QStringList>
#include <QWidget>

namespace plumbline::test {

/// What a screen reader is told of a control, walked as it walks; tables and lists tell their cells themselves.
inline void collectUnnamed(QAccessibleInterface* face, QStringList& unnamed)
{
    if (!face || face->state().invisible)
        return;
    const QAccessible::Role role = face->role();
    const bool isControl = role == QAccessible::Button || role == QAccessible::ButtonMenu ||
                           role == QAccessible::EditableText || role == QAccessible::ComboBox ||
                           role == QAccessible::CheckBox || role == QAccessible::RadioButton ||
                           role == QAccessible::SpinBox || role == QAccessible::Slider || role == QAccessible::Table ||
                           role == QAccessible::List || role == QAccessible::ProgressBar || role == QAccessible::Tree;
    const bool isInside = face->parent() && (face->parent()->role() == QAccessible::SpinBox ||
                                             face->parent()->role() == QAccessible::ComboBox);
    if (isControl && !isInside && face->text(QAccessible::Name).isEmpty())
        unnamed += QStringLiteral("%1 %2").arg(
            QString::fromLatin1(face->object() ? face->object()->metaObject()->className() : "?"),
            face->object() && face->object()->parent()
                ? QString::fromLatin1(face->object()->parent()->metaObject()->className())
                : QString());
    if (role == QAccessible::Table || role == QAccessible::Tree || role == QAccessible::List)
        return;
    for (int i = 0; i < face->childCount(); ++i)
        collectUnnamed(face->child(i), unnamed);
}

/// The controls of a widget that have no name, as class and class of the parent.
inline QStringList unnamedControls(QWidget& widget)
{
    QAccessible::setActive(true);
    QStringList unnamed;
    collectUnnamed(QAccessible::queryAccessibleInterface(&widget), unnamed);
    return unnamed;
}

} // namespace plumbline::test
