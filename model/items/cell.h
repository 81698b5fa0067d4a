// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QMetaType>
#include <QString>
#include <QVariant>

#include <array>
#include <optional>

#include "model/core/filter.h"
#include "model/core/span.h"

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
    Step,     ///< a StepMark and its name: a row of a tree
    Timeline, ///< a TimeBar
    Block,    ///< a BlockMark: a part of a prompt, on two lines
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
        double cached = 0; ///< of the amount, read from a cache: hatched
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

/// A row of a tree of steps: how deep it stands, what kind it is, whether steps below it are shown.
struct StepMark
{
    int depth = 0;
    SpanKind kind = SpanKind::Other;
    QString kindTitle = {};
    bool hasChildren = false, isOpen = true;
    bool isFailed = false;
    bool operator==(const StepMark&) const = default;
};

/// When a step ran: shares of the whole trace's time.
struct TimeBar
{
    double from = 0, to = 0;
    SpanKind kind = SpanKind::Other;
    bool operator==(const TimeBar&) const = default;
};

/// A part of a prompt: its colour, who speaks, what it is, what is said of it, and how it begins.
struct BlockMark
{
    struct Badge
    {
        QString text = {};
        Tone tone = Tone::Neutral;
        bool operator==(const Badge&) const = default;
    };
    Part part = Part::Other;
    QString about = {}; ///< behind the name: `System prompt`
    QList<Badge> badges = {};
    QString excerpt = {};
    double cached = 0; ///< share of its tokens that was read from a cache
    int depth = 0;
    bool hasChildren = false, isOpen = false;
    bool operator==(const BlockMark&) const = default;
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
Q_DECLARE_METATYPE(plumbline::StepMark)
Q_DECLARE_METATYPE(plumbline::TimeBar)
Q_DECLARE_METATYPE(plumbline::BlockMark)
Q_DECLARE_METATYPE(plumbline::Condition)
