// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QString>

#include <string>
#include <vector>

#include "support/langfuse_scenario.h"

/// The story of langfuse_scenario.h in the shapes that servers, exporters and clients give it.
namespace plumbline::test::scenario {

/// One file: its name, its bytes, and the id of the format it is.
struct Shape
{
    const char* title = "";
    std::string name = {};
    std::string bytes = {};
    const char* format = "";
};

inline QByteArray compact(const QJsonValue& value)
{
    if (value.isObject())
        return QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact);
    if (value.isArray())
        return QJsonDocument(value.toArray()).toJson(QJsonDocument::Compact);
    const QByteArray wrapped = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    return wrapped.mid(1, wrapped.size() - 2);
}

inline std::vector<QJsonObject> rows()
{
    std::vector<QJsonObject> rows;
    for (const std::string& row : observations())
        rows.push_back(QJsonDocument::fromJson(QByteArray::fromStdString(row)).object());
    return rows;
}

inline QJsonObject traceRow()
{
    return QJsonDocument::fromJson(QByteArray::fromStdString(trace())).object();
}

/// `2026-08-20T10:00:00.120Z` as ClickHouse writes it.
inline QJsonValue clickHouseTime(const QJsonValue& time, const QString& digits)
{
    return time.toString().replace('T', ' ').replace('Z', digits);
}

/// A body as a string with its JSON; nothing stays nothing.
inline QJsonValue asString(const QJsonValue& body)
{
    return body.isNull() || body.isString() ? body : QJsonValue(QString::fromUtf8(compact(body)));
}

inline QJsonValue emptyForNull(const QJsonValue& value)
{
    return value.isNull() ? QJsonValue(QString()) : value;
}

inline QJsonObject eventsRow(const QJsonObject& row)
{
    QJsonObject event = row;
    event.remove(QStringLiteral("model"));
    event.remove(QStringLiteral("updatedAt"));
    for (const char* time : {"startTime", "endTime"})
        event[QLatin1String(time)] = clickHouseTime(row[QLatin1String(time)], QStringLiteral("000"));
    event[QStringLiteral("providedModelName")] = emptyForNull(row[QStringLiteral("model")]);
    event[QStringLiteral("parentObservationId")] = emptyForNull(row[QStringLiteral("parentObservationId")]);
    for (const char* body : {"input", "output"})
        event[QLatin1String(body)] = asString(row[QLatin1String(body)]);
    event[QStringLiteral("modelParameters")] = QStringLiteral("{}");
    event[QStringLiteral("traceName")] = QStringLiteral("turn");
    event[QStringLiteral("userId")] = QStringLiteral("user-42");
    event[QStringLiteral("sessionId")] = QStringLiteral("sess-9");
    event[QStringLiteral("release")] = QStringLiteral("r1");
    event[QStringLiteral("environment")] = QStringLiteral("production");
    event[QStringLiteral("tags")] = QJsonArray{QStringLiteral("chat"), QStringLiteral("prod")};
    event[QStringLiteral("latencyMs")] = 1500;
    event[QStringLiteral("promptName")] = QString();
    event[QStringLiteral("promptVersion")] = QJsonValue::Null;
    event[QStringLiteral("comments")] = QJsonArray();
    return event;
}

enum class BlobLayout
{
    Legacy,   ///< null for what is missing; user and session in the traces file
    Enriched, ///< `observations_v2`: empty text for what is missing, the trace's facts in every row
};

inline QJsonObject blobRow(const QJsonObject& row, BlobLayout layout)
{
    const bool isEnriched = layout == BlobLayout::Enriched;
    const auto text = [&](const char* key) {
        const QJsonValue value = row[QLatin1String(key)];
        return isEnriched ? emptyForNull(value) : value;
    };
    const auto time = [&](const char* key) {
        return clickHouseTime(row[QLatin1String(key)], isEnriched ? QStringLiteral("000") : QString());
    };
    QJsonObject blob{{QStringLiteral("id"), row[QStringLiteral("id")]},
                     {QStringLiteral("trace_id"), row[QStringLiteral("traceId")]},
                     {QStringLiteral("project_id"), QStringLiteral("p")},
                     {QStringLiteral("parent_observation_id"), text("parentObservationId")},
                     {QStringLiteral("type"), row[QStringLiteral("type")]},
                     {QStringLiteral("start_time"), time("startTime")},
                     {QStringLiteral("end_time"), time("endTime")},
                     {QStringLiteral("updated_at"), time("updatedAt")},
                     {QStringLiteral("name"), row[QStringLiteral("name")]},
                     {QStringLiteral("level"), row[QStringLiteral("level")]},
                     {QStringLiteral("metadata"), row[QStringLiteral("metadata")]},
                     {QStringLiteral("environment"), QStringLiteral("production")},
                     {QStringLiteral("provided_model_name"), text("model")},
                     {QStringLiteral("model_parameters"), QStringLiteral("{}")},
                     {QStringLiteral("usage_details"), row[QStringLiteral("usageDetails")]},
                     {QStringLiteral("cost_details"), row[QStringLiteral("costDetails")]},
                     {QStringLiteral("total_cost"), row[QStringLiteral("totalCost")]},
                     {QStringLiteral("input"), asString(row[QStringLiteral("input")])},
                     {QStringLiteral("output"), asString(row[QStringLiteral("output")])},
                     {QStringLiteral("tool_definitions"), QJsonObject()},
                     {QStringLiteral("tool_calls"), QJsonArray()},
                     {QStringLiteral("tool_call_names"), QJsonArray()}};
    if (isEnriched) {
        blob[QStringLiteral("user_id")] = QStringLiteral("user-42");
        blob[QStringLiteral("session_id")] = QStringLiteral("sess-9");
        blob[QStringLiteral("trace_name")] = QStringLiteral("turn");
        blob[QStringLiteral("release")] = QStringLiteral("r1");
        blob[QStringLiteral("tags")] = QJsonArray{QStringLiteral("chat"), QStringLiteral("prod")};
    }
    return blob;
}

/// The page of the public API, first version: legacy usage fields beside the details, sums of all input keys.
inline QJsonObject apiRow(const QJsonObject& row)
{
    QJsonObject api = row;
    qint64 input = 0;
    qint64 output = 0;
    const QJsonObject usage = row[QStringLiteral("usageDetails")].toObject();
    for (auto part = usage.begin(); part != usage.end(); ++part) {
        if (part.key().startsWith(QStringLiteral("input")))
            input += part.value().toInteger();
        if (part.key().startsWith(QStringLiteral("output")))
            output += part.value().toInteger();
    }
    api[QStringLiteral("unit")] = QStringLiteral("TOKENS");
    api[QStringLiteral("promptTokens")] = input;
    api[QStringLiteral("completionTokens")] = output;
    api[QStringLiteral("totalTokens")] = input + output;
    api[QStringLiteral("usage")] = QJsonObject{{QStringLiteral("unit"), QStringLiteral("TOKENS")},
                                               {QStringLiteral("input"), input},
                                               {QStringLiteral("output"), output},
                                               {QStringLiteral("total"), input + output}};
    api[QStringLiteral("calculatedTotalCost")] = row[QStringLiteral("totalCost")];
    api.remove(QStringLiteral("totalCost"));
    return api;
}

/// The events a client sends for a row: a create, and an update with what is known at the end.
inline std::vector<QJsonObject> ingestionEvents(const QJsonObject& row)
{
    const QString type = row[QStringLiteral("type")].toString().toLower();
    QJsonObject created;
    QJsonObject updated{{QStringLiteral("id"), row[QStringLiteral("id")]},
                        {QStringLiteral("traceId"), row[QStringLiteral("traceId")]}};
    for (auto member = row.begin(); member != row.end(); ++member) {
        const QString key = member.key();
        if (key == QStringLiteral("type") || key == QStringLiteral("updatedAt") || member.value().isNull())
            continue;
        const bool isOfTheEnd = key == QStringLiteral("endTime") || key == QStringLiteral("output") ||
                                key == QStringLiteral("usageDetails") || key == QStringLiteral("costDetails") ||
                                key == QStringLiteral("totalCost");
        (isOfTheEnd ? updated : created)[key] = member.value();
    }
    const auto event = [&](const char* verb, const QJsonObject& body, const char* time) {
        return QJsonObject{{QStringLiteral("id"), QString(body[QStringLiteral("id")].toString() + QLatin1String(verb))},
                           {QStringLiteral("type"), QString(type + QLatin1String(verb))},
                           {QStringLiteral("timestamp"), row[QLatin1String(time)]},
                           {QStringLiteral("body"), body}};
    };
    return {event("-create", created, "startTime"), event("-update", updated, "endTime")};
}

inline QJsonArray arrayOf(const std::vector<QJsonObject>& objects)
{
    QJsonArray array;
    for (const QJsonObject& object : objects)
        array.append(object);
    return array;
}

inline std::string linesOf(const std::vector<QJsonObject>& objects)
{
    std::string text;
    for (const QJsonObject& object : objects)
        text += compact(object).toStdString() + "\n";
    return text;
}

template <class Change>
std::vector<QJsonObject> changed(Change change)
{
    std::vector<QJsonObject> objects;
    for (const QJsonObject& row : rows())
        objects.push_back(change(row));
    return objects;
}

/// Every shape that holds the whole story.
inline std::vector<Shape> shapes()
{
    const auto events = changed(eventsRow);
    const auto legacy = changed([](const QJsonObject& row) { return blobRow(row, BlobLayout::Legacy); });
    const auto enriched = changed([](const QJsonObject& row) { return blobRow(row, BlobLayout::Enriched); });
    const auto api = changed(apiRow);
    std::vector<QJsonObject> batch = {{{QStringLiteral("id"), QStringLiteral("e0")},
                                       {QStringLiteral("type"), QStringLiteral("trace-create")},
                                       {QStringLiteral("timestamp"), QStringLiteral("2026-08-20T10:00:00.120Z")},
                                       {QStringLiteral("body"), traceRow()}}};
    for (const QJsonObject& row : rows())
        for (const QJsonObject& event : ingestionEvents(row))
            batch.push_back(event);
    auto quoted = events;
    for (QJsonObject& row : quoted) {
        QJsonObject usage = row[QStringLiteral("usageDetails")].toObject();
        for (const QString& key : usage.keys())
            usage[key] = QString::number(usage[key].toInteger());
        row[QStringLiteral("usageDetails")] = usage;
    }
    const QJsonObject meta{{QStringLiteral("page"), 1}, {QStringLiteral("limit"), 50}};
    const QJsonObject cursor{{QStringLiteral("cursor"), QStringLiteral("eyJ")}};
    const auto page = [](const QJsonArray& data, const QJsonObject& about) {
        return compact(QJsonObject{{QStringLiteral("data"), data}, {QStringLiteral("meta"), about}}).toStdString();
    };
    const auto download = [&](bool nested, bool strings) {
        auto list = rows();
        if (strings)
            for (QJsonObject& row : list)
                for (const char* body : {"input", "output", "metadata"})
                    row[QLatin1String(body)] = asString(row[QLatin1String(body)]);
        QJsonObject about = traceRow();
        if (nested) {
            about[QStringLiteral("observations")] = arrayOf(list);
            about[QStringLiteral("scores")] = QJsonArray();
        }
        return QJsonDocument(
                   QJsonObject{{QStringLiteral("observations"), arrayOf(list)}, {QStringLiteral("trace"), about}})
            .toJson()
            .toStdString();
    };
    QJsonObject single = traceRow();
    single[QStringLiteral("htmlPath")] = QStringLiteral("/project/p/traces/t1");
    single[QStringLiteral("totalCost")] = 0.00046396;
    single[QStringLiteral("observations")] = arrayOf(api);
    single[QStringLiteral("scores")] = QJsonArray();

    return {
        {"observations, lines", "o.jsonl", jsonl(), "langfuse-observations"},
        {"observations, array", "o.json", array(), "langfuse-observations"},
        {"events, array", "e.json", QJsonDocument(arrayOf(events)).toJson().toStdString(), "langfuse-events"},
        {"events, quoted integers", "e.jsonl", linesOf(quoted), "langfuse-events"},
        {"blob, legacy", "b.jsonl", linesOf(legacy), "langfuse-blob"},
        {"blob, enriched", "b2.jsonl", linesOf(enriched), "langfuse-blob"},
        {"API, first version", "a1.json", page(arrayOf(api), meta), "langfuse-api"},
        {"API, second version", "a2.json", page(arrayOf(rows()), cursor), "langfuse-api"},
        {"API, one trace", "t.json", compact(single).toStdString(), "langfuse-trace-download"},
        {"download, trace and strings", "d1.json", download(true, true), "langfuse-trace-download"},
        {"download, parsed", "d2.json", download(false, false), "langfuse-trace-download"},
        {"ingestion batch", "i.json",
         compact(QJsonObject{{QStringLiteral("batch"), arrayOf(batch)},
                             {QStringLiteral("metadata"), QJsonObject{{QStringLiteral("sdk"), QStringLiteral("x")}}}})
             .toStdString(),
         "langfuse-ingestion"},
    };
}

} // namespace plumbline::test::scenario
