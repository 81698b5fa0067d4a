// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QMetaType>
#include <QString>
#include <QVariant>

#include <array>
#include <optional>

#include "model/core/filter.h"

namespace plumbline {

/// What the item models of the house answer beside Qt's own roles. Colours and fonts are the delegate's business.
enum ItemRole
{
    ValueRole = Qt::UserRole + 1, ///< what sorting compares and CSV writes: a number or a text
    PictureRole,                  ///< MakeUp, Trend, ShareBar, Pill or Detail, for the delegate to draw
    KindRole,                     ///< ColumnKind
    ConditionRole,                ///< Condition: the calls with this cell's value, where it is a value of a dimension
    TotalRole,                    ///< bool: the row that sums the others up
    ColumnIdRole,                 ///< of a header: the name a saved layout knows it by
    HiddenFirstRole,              ///< of a header: bool, shown only when chosen
};

/// How a column's cells are drawn.
enum class ColumnKind
{
    Name, ///< bold
    Text,
    Mono,   ///< code
    Figure, ///< tabular, right-aligned
    Pill,
    MakeUp,
    Trend,
    Share,
    Link,
};

/// A part of a make-up bar. The colours of these never change meaning.
enum class Part
{
    UncachedInput, ///< of calls whose input is not split into segments
    CacheRead,
    CacheWrite,
    System,
    Tools,
    History,
    Context,
    ToolResult,
    User,
    Other,
    Output,
    Reasoning,
};
inline constexpr std::array segmentParts = {Part::System, Part::Tools, Part::History, Part::Context,  Part::ToolResult,
                                            Part::User,   Part::Other, Part::Output,  Part::Reasoning};
inline constexpr std::array bucketParts = {Part::UncachedInput, Part::CacheRead, Part::CacheWrite, Part::Output,
                                           Part::Reasoning};
/// The translated name of a part: `Cache read`.
QString partTitle(Part part);

/// Tokens by part, in the order they are drawn. Parts that are unknown or zero are left out.
struct MakeUp
{
    struct Piece
    {
        Part part = Part::UncachedInput;
        double amount = 0;
        bool operator==(const Piece&) const = default;
    };
    QList<Piece> pieces = {};
    bool operator==(const MakeUp&) const = default;
};

/// A figure over time, drawn as a sparkline.
struct Trend
{
    QList<double> points = {};
    bool operator==(const Trend&) const = default;
};

enum class Tone
{
    Neutral,
    Good,
    Warning,
    Bad,
};

/// A share of a whole, drawn as a bar: 0 to 1.
struct ShareBar
{
    double share = 0;
    bool isSaving = false;         ///< what is beyond it was spent before: green
    std::optional<Tone> tone = {}; ///< of a budget
    bool operator==(const ShareBar&) const = default;
};

/// How a text in a pill is meant; the text is the cell's. Colour never says it alone.
struct Pill
{
    Tone tone = Tone::Neutral;
    bool operator==(const Pill&) const = default;
};

/// A second, quieter line under a name.
struct Detail
{
    QString text = {};
    bool operator==(const Detail&) const = default;
};

/// One cell: what it says, what it is worth, and what is drawn.
struct Cell
{
    QString text = {};
    QVariant value = {};
    QString toolTip = {};
    QVariant picture = {};
    std::optional<Condition> condition = {};
};

} // namespace plumbline

Q_DECLARE_METATYPE(plumbline::MakeUp)
Q_DECLARE_METATYPE(plumbline::Trend)
Q_DECLARE_METATYPE(plumbline::ShareBar)
Q_DECLARE_METATYPE(plumbline::Pill)
Q_DECLARE_METATYPE(plumbline::Detail)
Q_DECLARE_METATYPE(plumbline::Condition)
