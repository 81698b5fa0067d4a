// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/file_import.h"

#include <algorithm>
#include <chrono>

#include "importers/detect.h"
#include "importers/file_preview.h"
#include "importers/mapped/mapped_reader.h"
#include "importers/mapped/propose.h"
#include "importers/recording_sink.h"
#include "model/record/recorder.h"

namespace plumbline {

namespace {

namespace fs = std::filesystem;

/// Between two looks at the clock, so that a file of small records does not spend its time there.
constexpr std::uint64_t recordsPerTick = 256;
constexpr auto progressInterval = std::chrono::milliseconds(50);

/// `a.jsonl`, `a.jsonl and b.csv`, `exports (31 files)`.
std::string nameOf(const std::vector<fs::path>& asked, const std::vector<fs::path>& files)
{
    const auto display = [](const fs::path& path) {
        return path == "-" ? std::string("standard input") : path.filename().string();
    };
    if (files.size() == 1)
        return display(files[0]);
    if (files.size() == 2)
        return display(files[0]) + " and " + display(files[1]);
    const fs::path first = asked[0].has_filename() ? asked[0] : asked[0].parent_path();
    return display(first) + " (" + std::to_string(files.size()) + " files)";
}

class FileImport : public ImportService
{
public:
    explicit FileImport(AskForWay askForWay) : m_askForWay(std::move(askForWay)) {}

    std::vector<FormatTitle> formats() const override
    {
        std::vector<FormatTitle> titles;
        for (const Format& format : allFormats())
            titles.push_back({std::string(format.id), std::string(format.title)});
        return titles;
    }

    Result<std::vector<FilePreview>> preview(const std::vector<fs::path>& paths, const StopToken& stop) override;
    Result<ImportReport> import(const fs::path& workspace, const ImportRequest& request, const ProgressSink& progress,
                                const StopToken& stop) override;

private:
    AskForWay m_askForWay;
};

/// One import at work.
struct Run
{
    const ImportRequest& request;
    const ProgressSink& progress;
    const StopToken& stop;
    Recorder& recorder;
    ImportReport& report;
    RecordingSink& sink;
    std::uint64_t bytesInAll = 0;
    std::uint64_t bytesBefore = 0; ///< of the files done
    json::Parser parser = {};
    std::chrono::steady_clock::time_point lastTick = {};

    Result<> readFile(const fs::path& path);
    Result<> tick(const std::string& name, std::uint64_t position);
};

Result<> Run::tick(const std::string& name, std::uint64_t position)
{
    TRY(stop.check());
    const auto now = std::chrono::steady_clock::now();
    if (!progress || now - lastTick < progressInterval)
        return {};
    lastTick = now;
    progress({.what = name, .done = bytesBefore + position, .total = bytesInAll, .records = report.records});
    return {};
}

/// Errors of the file go into the report and end the file; what is returned ends the import.
Result<> Run::readFile(const fs::path& path)
{
    const std::string name = path == "-" ? "standard input" : path.filename().string();
    auto file =
        RecognisedFile::open(path, request.mapping ? std::string(mapped::formatId) : request.format.value_or(""));
    if (!file) {
        if (file.error().kind == ErrorKind::Usage)
            return tl::unexpected(std::move(file).error());
        Error refused = std::move(file).error().in(path.string());
        if (path == "-")
            refused.file = name;
        report.failedFiles.push_back(std::move(refused));
        return {};
    }
    ++report.files;
    recorder.startFile();
    addOnce(report.formats, std::string(file->format().title));
    const std::unique_ptr<FormatReader> reader =
        request.mapping ? std::make_unique<mapped::MappedReader>(*request.mapping) : file->format().reader();
    for (std::uint64_t count = 0;; ++count) {
        if (count % recordsPerTick == 0)
            TRY(tick(name, file->position()));
        auto found = file->next();
        if (!found) {
            Error trouble = std::move(found).error();
            addOnce(report.notes, name + (trouble.record ? ", record " + std::to_string(*trouble.record) : "") + ": " +
                                      trouble.reason + "; what came before it is imported");
            break;
        }
        if (!*found)
            break;
        if ((*found)->bad) {
            ++report.records;
            sink.skipRecord((*found)->bad->reason, name, (*found)->bad->number);
            continue;
        }
        const input::Record& record = *(*found)->record;
        sink.startRecord(name, record);
        if (record.mayBeCut)
            addOnce(report.notes, name +
                                      ": its last row has no line break behind it; if the file was cut off, that row "
                                      "may lack the end of its last cell");
        if (!reader->wants(record.text, sink))
            continue;
        const auto value = parser.parse(record.text);
        if (!value) {
            sink.skip("not valid JSON: " + value.error().reason);
            continue;
        }
        TRY(reader->read(record, *value, sink));
    }
    reader->finish(sink);
    report.bytes += file->position();
    bytesBefore += sizeOnDisk(path);
    return {};
}

Result<ImportReport> FileImport::import(const fs::path& workspace, const ImportRequest& request,
                                        const ProgressSink& progress, const StopToken& stop)
{
    const std::vector<fs::path> files = TRY(filesUnder(request.paths));
    if (files.empty())
        return fail(ErrorKind::NotFound, "no files to import");
    if (request.format && !formatWithId(*request.format))
        return fail(ErrorKind::Usage, "unknown format '" + *request.format + "'; 'plumbline import --help' lists them");
    const std::shared_ptr<void> way = m_askForWay ? m_askForWay(workspace) : nullptr;
    std::uint64_t bytesInAll = 0;
    std::uint64_t expected = 0;
    std::string detail;
    for (const fs::path& file : files) {
        bytesInAll += sizeOnDisk(file);
        expected += unpackedSize(file);
        if (detail.size() < 2000)
            detail += (detail.empty() ? "" : "\n") + file.string();
    }

    Recorder recorder = TRY(Recorder::open(workspace, "plumbline import"));
    TRY(recorder.begin(
        {.name = nameOf(request.paths, files), .detail = detail, .privacy = request.privacy, .expectedBytes = expected},
        stop));
    ImportReport report;
    RecordingSink sink(recorder, report, request.privacy != Privacy::Metadata,
                       request.mapping ? request.mapping->text() : std::string());
    Run run{.request = request,
            .progress = progress,
            .stop = stop,
            .recorder = recorder,
            .report = report,
            .sink = sink,
            .bytesInAll = bytesInAll};
    for (const fs::path& file : files)
        TRY(run.readFile(file));
    if (report.files == 0) {
        TRY(recorder.discard());
        return tl::unexpected(report.failedFiles.empty() ? Error{ErrorKind::NotFound, "no files to import"}
                                                         : report.failedFiles.front());
    }
    return recorder.finish(std::move(report), progress);
}

Result<std::vector<FilePreview>> FileImport::preview(const std::vector<fs::path>& paths, const StopToken& stop)
{
    std::vector<FilePreview> previews;
    for (const fs::path& path : TRY(filesUnder(paths))) {
        TRY(stop.check());
        previews.push_back(TRY(previewOf(path, stop)));
    }
    return previews;
}

} // namespace

Result<std::vector<fs::path>> filesUnder(const std::vector<fs::path>& paths)
{
    std::vector<fs::path> files;
    for (const fs::path& path : paths) {
        std::error_code error;
        if (path == "-" || !fs::is_directory(path, error)) {
            files.push_back(path);
            continue;
        }
        std::vector<fs::path> below;
        fs::recursive_directory_iterator walk(path, error);
        for (; !error && walk != fs::recursive_directory_iterator(); walk.increment(error)) {
            const bool isHidden = walk->path().filename().string().starts_with(".");
            if (walk->is_directory(error)) {
                if (isHidden)
                    walk.disable_recursion_pending();
            } else if (!isHidden && walk->is_regular_file(error)) {
                below.push_back(walk->path());
            }
        }
        if (error)
            return tl::unexpected(Error{ErrorKind::Unreadable, "cannot be read: " + error.message(), path.string()});
        std::sort(below.begin(), below.end());
        files.insert(files.end(), below.begin(), below.end());
    }
    return files;
}

std::unique_ptr<ImportService> fileImportService(AskForWay askForWay)
{
    return std::make_unique<FileImport>(std::move(askForWay));
}

} // namespace plumbline
