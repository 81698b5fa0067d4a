// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/record/report_json.h"

#include <nlohmann/json.hpp>

namespace plumbline::record {

namespace {

using nlohmann::json;

std::uint64_t count(const json& object, const char* key)
{
    const auto at = object.find(key);
    return at != object.end() && at->is_number_integer() ? at->get<std::uint64_t>() : 0;
}

std::string text(const json& object, const char* key)
{
    const auto at = object.find(key);
    return at != object.end() && at->is_string() ? at->get<std::string>() : std::string();
}

std::vector<std::string> texts(const json& object, const char* key)
{
    std::vector<std::string> list;
    if (const auto at = object.find(key); at != object.end() && at->is_array())
        for (const json& entry : *at)
            if (entry.is_string())
                list.push_back(entry.get<std::string>());
    return list;
}

template <class Read>
void forEach(const json& object, const char* key, Read read)
{
    if (const auto at = object.find(key); at != object.end() && at->is_array())
        for (const json& entry : *at)
            if (entry.is_object())
                read(entry);
}

} // namespace

std::string toJson(const ImportReport& report)
{
    json skipped = json::array();
    for (const Skipped& reason : report.skipped)
        skipped.push_back({{"reason", reason.reason},
                           {"count", reason.count},
                           {"first_file", reason.firstFile},
                           {"first_record", reason.firstRecord}});
    json failed = json::array();
    for (const Error& error : report.failedFiles)
        failed.push_back({{"file", error.file}, {"reason", error.reason}});
    const json object = {
        {"import", report.import},
        {"formats", report.formats},
        {"files", report.files},
        {"bytes", report.bytes},
        {"records", report.records},
        {"spans", report.spans},
        {"traces", report.traces},
        {"scores", report.scores},
        {"bill_lines", report.billLines},
        {"calls", report.calls},
        {"duplicates", report.duplicates},
        {"first", report.first ? json(isoText(*report.first)) : json(nullptr)},
        {"last", report.last ? json(isoText(*report.last)) : json(nullptr)},
        {"skipped", skipped},
        {"notes", report.notes},
        {"failed_files", failed},
    };
    return object.dump(-1, ' ', false, json::error_handler_t::replace);
}

ImportReport reportFromJson(std::string_view encoded)
{
    ImportReport report;
    const json object = json::parse(encoded, nullptr, false);
    if (!object.is_object())
        return report;
    report.import = static_cast<std::int64_t>(count(object, "import"));
    report.formats = texts(object, "formats");
    report.files = count(object, "files");
    report.bytes = count(object, "bytes");
    report.records = count(object, "records");
    report.spans = count(object, "spans");
    report.traces = count(object, "traces");
    report.scores = count(object, "scores");
    report.billLines = count(object, "bill_lines");
    report.calls = count(object, "calls");
    report.duplicates = count(object, "duplicates");
    report.first = parseTimestamp(text(object, "first"));
    report.last = parseTimestamp(text(object, "last"));
    report.notes = texts(object, "notes");
    forEach(object, "skipped", [&](const json& entry) {
        report.skipped.push_back(
            {text(entry, "reason"), count(entry, "count"), text(entry, "first_file"), count(entry, "first_record")});
    });
    forEach(object, "failed_files", [&](const json& entry) {
        report.failedFiles.push_back(
            {.kind = ErrorKind::Unreadable, .reason = text(entry, "reason"), .file = text(entry, "file")});
    });
    return report;
}

} // namespace plumbline::record
