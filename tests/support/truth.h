// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonArray>
#include <QJsonObject>

#include <map>

#include "support/workspace.h"

namespace plumbline::test {

/// What a workspace says that differs from a client's truth (rows per feature and model, or per model); empty if
/// nothing. `lost_on_wire` names figures that the client itself does not send; a failed call has no usage and is a
/// call.
inline QStringList differences(const TemporaryWorkspace& workspace, const QJsonObject& truth)
{
    QStringList wrong;
    const QJsonArray rows = truth.value(QStringLiteral("rows")).toArray();
    const bool byFeature = !rows.isEmpty() && rows[0].toObject().contains(QStringLiteral("feature"));
    BreakdownQuestion question;
    if (byFeature)
        question.by.push_back({Dimension::Feature, {}});
    question.by.push_back({Dimension::Model, {}});
    const auto queries = workspace.queries();
    if (!queries)
        return {QString::fromStdString(queries.error().text())};
    const auto answer = queries->breakdown(question, StopToken());
    if (!answer)
        return {QString::fromStdString(answer.error().text())};

    using Figures = std::map<QString, qint64>;
    std::map<QString, Figures> got;
    for (const BreakdownRow& row : answer->rows) {
        const QString model = QString::fromStdString(row.keys.back());
        QString name = model;
        for (const QJsonValue& expected : rows)
            if (expected[QStringLiteral("model_aliases")].toArray().contains(model))
                name = expected[QStringLiteral("model")].toString();
        Figures& figures = got[byFeature ? QString::fromStdString(row.keys[0]) + '/' + name : name];
        const Measures& measures = row.measures;
        figures[QStringLiteral("calls")] += measures.calls;
        figures[QStringLiteral("calls_without_usage")] += measures.callsWithoutUsage;
        const std::pair<const char*, std::optional<TokenCount>> tokens[] = {{"input_tokens", measures.input},
                                                                            {"output_tokens", measures.output},
                                                                            {"cache_read_tokens", measures.cacheRead},
                                                                            {"cache_write_tokens", measures.cacheWrite},
                                                                            {"reasoning_tokens", measures.reasoning}};
        for (const auto& [key, value] : tokens)
            figures[QLatin1String(key)] += static_cast<qint64>(value.value_or(0));
    }
    if (got.size() != static_cast<std::size_t>(rows.size()))
        wrong.append(QStringLiteral("%1 rows instead of %2").arg(got.size()).arg(rows.size()));
    for (const QJsonValue& expected : rows) {
        const QString model = expected[QStringLiteral("model")].toString(QStringLiteral("(none)"));
        const QString key = byFeature ? expected[QStringLiteral("feature")].toString() + '/' + model : model;
        const auto found = got.find(key);
        if (found == got.end()) {
            wrong.append(key + QStringLiteral(" is missing"));
            continue;
        }
        const qint64 failed = expected[QStringLiteral("failed_calls")].toInteger(0);
        for (const auto& [figure, value] : found->second) {
            if (expected[QStringLiteral("lost_on_wire")].toArray().contains(figure))
                continue;
            qint64 want = expected[figure].toInteger(0);
            if (figure == QStringLiteral("calls") || figure == QStringLiteral("calls_without_usage"))
                want += failed;
            if (value != want)
                wrong.append(QStringLiteral("%1 %2: %3 instead of %4").arg(key, figure).arg(value).arg(want));
        }
    }
    return wrong;
}

} // namespace plumbline::test
