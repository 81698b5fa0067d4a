// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstdio>

#include "app/command.h"
#include "app/progress_line.h"
#include "importers/file_import.h"
#include "model/record/report_json.h"
#include "model/store/workspace.h"

namespace plumbline::commands {

namespace {

void print(const ImportReport& report)
{
    std::string formats;
    for (const std::string& format : report.formats)
        formats += (formats.empty() ? "" : ", ") + format;
    std::printf("%s: %llu records of %llu files\n", formats.c_str(), static_cast<unsigned long long>(report.records),
                static_cast<unsigned long long>(report.files));
    std::printf("  %llu spans, %llu traces, %llu scores; %llu calls in the traces touched\n",
                static_cast<unsigned long long>(report.spans), static_cast<unsigned long long>(report.traces),
                static_cast<unsigned long long>(report.scores), static_cast<unsigned long long>(report.calls));
    if (report.billLines > 0)
        std::printf("  %llu lines of bills, kept beside the traces\n",
                    static_cast<unsigned long long>(report.billLines));
    if (report.duplicates > 0)
        std::printf("  %llu records were there already\n", static_cast<unsigned long long>(report.duplicates));
    for (const Skipped& skipped : report.skipped)
        std::printf("  skipped %llu: %s (first: %s, record %llu)\n", static_cast<unsigned long long>(skipped.count),
                    skipped.reason.c_str(), skipped.firstFile.c_str(),
                    static_cast<unsigned long long>(skipped.firstRecord));
    for (const std::string& note : report.notes)
        std::printf("  note: %s\n", note.c_str());
    for (const Error& error : report.failedFiles)
        std::printf("  refused %s\n", error.text().c_str());
}

/// Mappings are kept in the workspace they are used for.
std::string settingOf(const std::string& name)
{
    return "mapping." + name;
}

Result<std::optional<FieldMapping>> mappingOf(const CommandCall& call, const std::string& store)
{
    if (const auto text = call.arguments.value("map")) {
        const FieldMapping mapping = TRY(FieldMapping::fromText(*text));
        if (!mapping.isUsable())
            return fail(ErrorKind::Usage, "a mapping needs time, model, and one of input, output, total or cost");
        return std::optional(mapping);
    }
    const auto name = call.arguments.value("mapping");
    if (!name)
        return std::optional<FieldMapping>();
    const store::Workspace workspace = TRY(store::Workspace::open(store, store::OpenMode::ReadOnly));
    const auto kept = TRY(workspace.setting(settingOf(*name)));
    if (!kept)
        return fail(ErrorKind::NotFound,
                    "no mapping is called '" + *name + "'; --map FIELD=PATH,… with --mapping " + *name + " keeps one");
    return std::optional(TRY(FieldMapping::fromText(*kept)));
}

Result<int> run(const CommandCall& call)
{
    const std::string store = TRY(call.arguments.required("store"));
    ImportRequest request;
    for (const std::string& path : call.arguments.rest())
        request.paths.emplace_back(path);
    if (request.paths.empty())
        return fail(ErrorKind::Usage, "nothing to import: name files or directories, or - for standard input");
    if (call.arguments.has("format"))
        request.format = call.arguments.value("format");
    if (const auto privacy = call.arguments.value("privacy"))
        request.privacy = TRY(privacyFromId(*privacy));
    request.mapping = TRY(mappingOf(call, store));
    const std::unique_ptr<ImportService> service = fileImportService();
    ProgressLine progress;
    const auto report = service->import(store, request, progress.sink(), call.stop);
    progress.clear();
    if (!report)
        return tl::unexpected(report.error());
    if (const auto name = call.arguments.value("mapping"); name && call.arguments.has("map")) {
        store::Workspace workspace = TRY(store::Workspace::open(store, store::OpenMode::ReadWrite));
        TRY(workspace.setSetting(settingOf(*name), request.mapping->text()));
    }
    if (call.arguments.has("json"))
        std::printf("%s\n", record::toJson(*report).c_str());
    else
        print(*report);
    return report->skipped.empty() && report->failedFiles.empty() ? ExitCode::Done : ExitCode::Incomplete;
}

} // namespace

Command import()
{
    static const std::string formats = [] {
        std::string text = "do not recognise files, take them as this:";
        for (const FormatTitle& format : fileImportService()->formats())
            text += " " + format.id;
        return text;
    }();
    return {
        .name = "import",
        .synopsis =
            "--store W.plumb [--format ID | --map FIELD=PATH,…] [--mapping NAME] [--privacy LEVEL] [--json] PATH…",
        .summary = "Reads exports and logs into a workspace, which it creates if need be",
        .options = {{"store", "FILE", "the workspace"},
                    {"format", "ID", formats},
                    {"map", "FIELD=PATH,…",
                     "read any JSON lines or table by this mapping, such as "
                     "time=ts,model=llm.name,input=usage.in,output=usage.out"},
                    {"mapping", "NAME", "keep the mapping under this name, or use the one kept"},
                    {"privacy", "LEVEL", "what of prompts is kept: bodies (default), digests, metadata"},
                    {"json", {}, "print the report as JSON"}},
        .run = run,
    };
}

} // namespace plumbline::commands
