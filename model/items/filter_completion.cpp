// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/items/filter_completion.h"

#include <QCoreApplication>

#include <algorithm>

#include "model/analysis/drain.h"
#include "model/core/filter_expression.h"
#include "model/items/format.h"
#include "model/items/scope.h"

namespace plumbline {

using namespace Qt::StringLiterals;

CompletionPlace completionPlace(const QString& text, qsizetype cursor)
{
    // What stands behind the cursor does not change what is typed before it.
    const std::string before = fromQt(text.left(cursor));
    const FilterExpression expression = readExpression(before);
    CompletionPlace place{.first = cursor};
    if (expression.pieces.empty())
        return place;
    const ExpressionPiece& last = expression.pieces.back();
    if (last.first + last.count != before.size() || before.ends_with(' '))
        return place;
    using Kind = ExpressionPiece::Kind;
    if (last.kind == Kind::Phrase || last.kind == Kind::Field)
        return place;
    const std::size_t begin = last.kind == Kind::Sign ? before.size() : last.first;
    place.first = toQt(std::string_view(before).substr(0, begin)).size();
    place.count = cursor - place.first;
    place.typed = toQt(std::string_view(before).substr(begin));
    if (last.kind == Kind::Word)
        return place;
    if (const auto field = fieldFromId(last.field))
        place.field = *field;
    if (place.typed.startsWith(u'"'))
        place.typed = place.typed.mid(1).remove(u'"');
    return place;
}

QStringList fieldCompletions(const QString& typed, const QStringList& metadataKeys)
{
    QStringList all;
    for (const auto& dimensions : {allDimensions(), onlyFields()})
        for (const Dimension dimension : dimensions) {
            if (dimension == Dimension::Text)
                continue;
            all += toQt(idOf({dimension, {}})) + (isFigure(dimension) ? u'>' : u':');
        }
    for (const QString& key : metadataKeys)
        all += u"metadata.%1:"_s.arg(key);
    QStringList found;
    for (const bool begins : {true, false})
        for (const QString& name : all)
            if (name.startsWith(typed, Qt::CaseInsensitive) == begins && name.contains(typed, Qt::CaseInsensitive))
                found += name;
    return found;
}

QStringList fixedValues(const DimensionChoice& field)
{
    switch (field.dimension) {
    case Dimension::Drain: {
        QStringList drains;
        for (const Drain& drain : allDrains())
            drains += toQt(drain.id);
        return drains;
    }
    case Dimension::Status:
        return {u"error"_s, u"warning"_s, u"ok"_s, u"unknown"_s};
    case Dimension::Weekday:
        return {u"Mon"_s, u"Tue"_s, u"Wed"_s, u"Thu"_s, u"Fri"_s, u"Sat"_s, u"Sun"_s};
    case Dimension::Cost:
    case Dimension::Waste:
        return {u"0.01"_s, u"0.10"_s, u"1"_s, u"unknown"_s};
    case Dimension::Latency:
        return {u"1s"_s, u"5s"_s, u"30s"_s, u"unknown"_s};
    case Dimension::Tokens:
    case Dimension::InputTokens:
    case Dimension::OutputTokens:
    case Dimension::CachedTokens:
        return {u"1k"_s, u"10k"_s, u"100k"_s, u"unknown"_s};
    default:
        return {};
    }
}

QString problemOf(const std::vector<Condition>& conditions)
{
    for (const Condition& condition : conditions) {
        const Dimension dimension = condition.of.dimension;
        if (dimension != Dimension::Drain && dimension != Dimension::Status && dimension != Dimension::Weekday)
            continue;
        const QStringList known = fixedValues(condition.of);
        for (const std::string& value : condition.values) {
            const bool isPart = condition.match == Match::Contains;
            if (std::none_of(known.begin(), known.end(), [&](const QString& one) {
                    return isPart ? one.contains(toQt(value), Qt::CaseInsensitive) : one == toQt(value);
                }))
                return QCoreApplication::translate("FilterCompletion", "There is no %1 “%2”; there are %3.")
                    .arg(dimensionTitle(condition.of).toLower(), toQt(value), known.join(u", "_s));
        }
    }
    return {};
}

} // namespace plumbline
