// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/file_preview.h"

#include <algorithm>
#include <fstream>

#include "importers/detect.h"
#include "importers/mapped/propose.h"
#include "importers/recording_sink.h"

namespace plumbline {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t previewedRecords = 200;

bool isPacked(const fs::path& path)
{
    return path.extension() == ".gz" || path.extension() == ".zst";
}

/// Looks at what a preview has to say.
class PreviewSink : public RecordSink
{
public:
    explicit PreviewSink(FilePreview& preview) : m_preview(preview) {}
    Result<> add(const ObservedSpan& span) override
    {
        ++m_spans;
        spread(span.start);
        m_hasSession |= !span.session.empty();
        m_hasUser |= !span.user.empty();
        m_hasRelease |= !span.release.empty();
        m_hasBodies |= !span.blocks.empty();
        m_hasUsage |= span.usage.isKnown();
        return {};
    }
    Result<> add(const ObservedTrace& trace) override
    {
        spread(trace.start);
        return {};
    }
    Result<> add(const ObservedScore&) override { return {}; }
    Result<> add(const ObservedBillLine& line) override
    {
        m_isBill = true;
        spread(line.start);
        return {};
    }
    void skip(std::string_view) override {}
    void note(std::string_view text) override { addOnce(m_preview.missing, std::string(text)); }

    void finish()
    {
        if (m_isBill) {
            addOnce(m_preview.missing, "calls: a bill is kept beside the traces");
            return;
        }
        if (m_spans == 0) {
            addOnce(m_preview.missing, "calls: this file completes others");
            return;
        }
        if (!m_hasUsage)
            addOnce(m_preview.missing, "token usage");
        if (!m_hasBodies)
            addOnce(m_preview.missing, "prompt bodies");
        if (!m_hasSession)
            addOnce(m_preview.missing, "session ids (add the traces export)");
        if (!m_hasUser)
            addOnce(m_preview.missing, "users");
        if (!m_hasRelease)
            addOnce(m_preview.missing, "releases");
    }

private:
    void spread(const std::optional<Timestamp>& time) { reachTo(time, m_preview.first, m_preview.last); }

    FilePreview& m_preview;
    std::uint64_t m_spans = 0;
    bool m_hasSession = false, m_hasUser = false, m_hasRelease = false, m_hasBodies = false, m_hasUsage = false,
         m_isBill = false;
};

/// The records in the last lines of a file that is not packed and has one a line: where its times end.
Result<bool> previewEnd(FormatReader& reader, FilePreview& preview)
{
    constexpr std::uint64_t looked = 256 << 10;
    if (isPacked(preview.path))
        return false;
    std::ifstream in(preview.path, std::ios::binary);
    std::string line;
    if (preview.bytes > looked) {
        in.seekg(static_cast<std::streamoff>(preview.bytes - looked));
        std::getline(in, line); // the rest of a record
    }
    FilePreview end;
    PreviewSink sink(end);
    json::Parser parser;
    while (std::getline(in, line)) {
        const auto value = parser.parseCopy(line);
        if (value && value->isObject())
            TRY(reader.read({.text = line}, *value, sink));
    }
    reader.finish(sink);
    reachTo(end.first, preview.first, preview.last);
    reachTo(end.last, preview.first, preview.last);
    return end.last.has_value();
}

Result<> previewRecords(RecognisedFile& file, FilePreview& preview, const StopToken& stop)
{
    PreviewSink sink(preview);
    json::Parser parser;
    const std::unique_ptr<FormatReader> reader = file.format().reader();
    std::uint64_t records = 0;
    std::uint64_t bytes = 0;
    bool isWhole = false, isAtEnd = false;
    while (records < previewedRecords) {
        TRY(stop.check());
        const auto found = file.next();
        if (!found || !*found) {
            isWhole = found.has_value();
            isAtEnd = true;
            break;
        }
        ++records;
        if (!(*found)->record)
            continue;
        const input::Record& record = *(*found)->record;
        bytes += record.text.size() + 1;
        const auto value = parser.parse(record.text);
        if (!value)
            continue;
        if (file.format().id == mapped::formatId && preview.mapping.empty())
            preview.mapping = mapped::propose(*value).text();
        TRY(reader->read(record, *value, sink));
    }
    sink.finish();
    preview.isPeriodKnown = isWhole || (!isAtEnd && TRY(previewEnd(*reader, preview)));
    const std::uint64_t unpacked = unpackedSize(preview.path);
    preview.estimatedRecords = isAtEnd || bytes == 0 ? records : std::max(records, unpacked * records / bytes);
    return {};
}

} // namespace

std::uint64_t sizeOnDisk(const fs::path& path)
{
    std::error_code error;
    const std::uint64_t size = path == "-" ? 0 : fs::file_size(path, error);
    return error ? 0 : size;
}

std::uint64_t unpackedSize(const fs::path& path)
{
    constexpr std::uint64_t unpackedPerPacked = 8; // exports repeat themselves
    return sizeOnDisk(path) * (isPacked(path) ? unpackedPerPacked : 1);
}

Result<FilePreview> previewOf(const fs::path& path, const StopToken& stop)
{
    FilePreview preview{.path = path, .bytes = sizeOnDisk(path)};
    if (auto file = RecognisedFile::open(path, {})) {
        preview.formatId = file->format().id;
        preview.formatTitle = file->format().title;
        TRY(previewRecords(*file, preview, stop));
    } else {
        preview.error = std::move(file).error();
    }
    return preview;
}

} // namespace plumbline
