// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>
#include <QStringList>

/// The faces of paper, and how lines break.
namespace plumbline::paper {

/// Without shaping: the contextual alternates of the house's face have no Unicode, and PDF readers would lose `–`, `−`.
QFont face(int pixels, QFont::Weight weight = QFont::Normal);

/// Of figures that stand under one another: every digit as wide as the next by the face itself. Digits set apart by
/// hand, as the window has them, would read as two numbers to whoever copies them out of a PDF.
QFont figureFace(int pixels, QFont::Weight weight = QFont::Normal);

/// In lines of this width at most: at spaces, a long word within.
QStringList wrapped(const QString& text, const QFont& font, double width);

} // namespace plumbline::paper
