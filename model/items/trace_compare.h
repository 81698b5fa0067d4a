// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/items/fact_table.h"
#include "model/queries/prompt_answers.h"
#include "model/queries/trace_answers.h"

namespace plumbline {

/// A figure of two calls beside one another.
struct CallFigure
{
    QString name = {};
    std::optional<std::int64_t> left = {}, right = {};
    QString (*format)(std::int64_t) = nullptr;
};

/// What two calls sent, got back and cost, segment by segment, with the difference.
class CallCompareTable : public RowTable<CallFigure>
{
    Q_OBJECT

public:
    explicit CallCompareTable(QObject* parent = nullptr);
    void show(const PromptAnswer& left, const PromptAnswer& right);
};

/// A step of two traces: at both, or only at one of them.
struct StepPair
{
    std::optional<TraceStep> left = {}, right = {};
    const TraceStep& any() const { return left ? *left : *right; }
};

/// The steps of two traces beside one another: aligned by name, kind and depth. For a job: it may take its time.
std::vector<StepPair> alignedSteps(const TraceAnswer& left, const TraceAnswer& right);

/// Aligned steps with what each cost in both.
class TraceCompareTable : public RowTable<StepPair>
{
    Q_OBJECT

public:
    explicit TraceCompareTable(QObject* parent = nullptr);
    void show(std::vector<StepPair> pairs);
};

} // namespace plumbline
