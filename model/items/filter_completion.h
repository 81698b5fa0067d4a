// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

#include "model/core/filter.h"

namespace plumbline {

/// What is being typed in an expression: a field's name, or a value of one.
struct CompletionPlace
{
    qsizetype first = 0, count = 0;            ///< the characters that a completion replaces
    std::optional<DimensionChoice> field = {}; ///< of a value
    QString typed = {};                        ///< of the value without its quotes, or of the name
};
CompletionPlace completionPlace(const QString& text, qsizetype cursor);

/// Names of fields that hold what is typed, those that begin with it first, each with the sign that fits it:
/// `feature:`, `cost>`.
QStringList fieldCompletions(const QString& typed, const QStringList& metadataKeys);
/// Values of a field that need no looking up: statuses, drains, weekdays; empty where they must be asked for.
QStringList fixedValues(const DimensionChoice& field);

/// Why no call can have what conditions ask for: a value of a field whose values are known beforehand, and that is none
/// of them. Empty: nothing is wrong.
QString problemOf(const std::vector<Condition>& conditions);

} // namespace plumbline
