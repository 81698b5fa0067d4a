// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>

#include <array>

class QPalette;
class QWidget;

namespace plumbline {

enum class Part;
enum class Tone;

/// Every colour of the window, once for day and once for dusk. No colour is written anywhere else.
struct Colors
{
    QColor window, card, border, text, secondary, accent, selection;
    /// The one button a page is mostly asked to press, alike by day and dusk.
    QColor primary, onPrimary;
    QColor good, bad, warning;
    /// Behind the text of a pill.
    QColor neutralFill, goodFill, warningFill, badFill;
    /// Behind rows and buttons under the pointer; behind code.
    QColor hover, code;
    QColor dropFill, dropBorder;
    /// What is fixed by meaning: parts of a call's tokens.
    QColor cacheWrite, system, tools, history, context, toolResult, user, other, output, reasoning;
    /// Features, models and other members of a set, in their order; `rest` for all others together.
    std::array<QColor, 7> members;
    QColor rest;

    /// A heatmap's cells: from nothing to most, with what lies between; and a cell without anything.
    QColor heatLeast, heatMiddle, heatMost, heatNothing;
    /// Waste in bars; what is an opportunity only; what a scenario saves of a bar.
    QColor drain, opportunity, saved;

    /// The warmth of a share of the largest, 0 to 1.
    QColor heat(double share) const;
    /// Black or white, whichever stands out more from `fill`.
    static QColor readableOn(const QColor& fill);
    const QColor& member(std::size_t index) const { return index < members.size() ? members[index] : rest; }
    const QColor& of(Part part) const;
    const QColor& textOf(Tone tone) const;
    /// Of a bar that says how it stands with a budget.
    const QColor& barOf(Tone tone) const;
    const QColor& fillOf(Tone tone) const;
};

const Colors& lightColors();
const Colors& darkColors();

/// A palette is dark when its window is. What is painted asks the palette it is painted with.
bool isDark(const QPalette& palette);
const Colors& colorsOf(const QPalette& palette);
const Colors& colorsOf(const QWidget& widget);

/// Every role of Fusion's palette in the house's colours.
QPalette paletteOf(const Colors& colors);

} // namespace plumbline
