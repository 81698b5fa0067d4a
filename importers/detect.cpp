// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/detect.h"

#include <chrono>

namespace plumbline {

namespace {

/// A format is told by its first records; a file with that many strange ones is none of ours.
constexpr std::size_t mostRecords = 20;
constexpr std::size_t mostBytes = std::size_t{16} << 20;

/// Today for what is no file, such as standard input.
Timestamp dayWritten(const std::filesystem::path& path)
{
    std::error_code error;
    const auto written = std::filesystem::last_write_time(path, error);
    const auto time = error ? std::chrono::system_clock::now()
                            : std::chrono::time_point_cast<std::chrono::system_clock::duration>(
                                  std::chrono::file_clock::to_sys(written));
    const auto day = std::chrono::floor<std::chrono::days>(time);
    return Timestamp(std::chrono::duration_cast<std::chrono::microseconds>(day.time_since_epoch()).count());
}

} // namespace

const Format* formatWithId(std::string_view id)
{
    for (const Format& format : allFormats())
        if (format.id == id)
            return &format;
    return nullptr;
}

void RecognisedFile::keep(const input::Found& found)
{
    Kept kept;
    if (found.record) {
        kept.container = found.record->container;
        kept.text = found.record->text;
        kept.text.append(json::padding, ' ');
        kept.number = found.record->number;
        kept.mayBeCut = found.record->mayBeCut;
    } else if (found.bad) {
        kept.number = found.bad->number;
        kept.bad = found.bad->reason;
    }
    m_kept.push_back(std::move(kept));
}

Result<RecognisedFile> RecognisedFile::open(const std::filesystem::path& path, const std::string& format)
{
    auto reader = input::RecordReader::open(path);
    if (!reader)
        return tl::unexpected(std::move(reader).error().in(path.string()));
    RecognisedFile file(std::move(*reader));
    file.m_written = dayWritten(path);
    if (!format.empty()) {
        file.m_format = formatWithId(format);
        if (!file.m_format)
            return fail(ErrorKind::Usage, "unknown format '" + format + "'; 'plumbline import --help' lists them");
        return file;
    }
    json::Parser parser;
    Certainty surest = Certainty::No;
    std::optional<Error> firstBad;
    bool anyObject = false;
    std::size_t bytes = 0;
    while (file.m_kept.size() < mostRecords && bytes < mostBytes && surest < Certainty::Certain) {
        const auto found = file.m_reader.next();
        if (!found) {
            file.m_trouble = found.error();
            break;
        }
        if (!*found) {
            file.m_isAtEnd = true;
            break;
        }
        file.keep(**found);
        if (!(*found)->record)
            continue;
        const input::Record& record = *(*found)->record;
        bytes += record.text.size();
        const auto value = parser.parse(record.text);
        if (!value) {
            if (!firstBad)
                firstBad = Error{.kind = ErrorKind::Malformed, .reason = value.error().reason, .record = record.number};
            continue;
        }
        anyObject |= value->isObject();
        for (const Format& candidate : allFormats()) {
            const Certainty certainty = candidate.sniff({record.container, *value});
            if (certainty > surest) {
                surest = certainty;
                file.m_format = &candidate;
            }
        }
    }
    if (file.m_format)
        return file;
    if (!anyObject && (file.m_trouble || firstBad))
        return tl::unexpected((file.m_trouble ? std::move(*file.m_trouble) : std::move(*firstBad)).in(path.string()));
    if (file.m_kept.empty())
        return tl::unexpected(Error{ErrorKind::Malformed, "an export without rows", path.string()});
    return tl::unexpected(Error{ErrorKind::Unsupported,
                                "no known format: neither trace ids with usage nor anything else Plumbline reads",
                                path.string()});
}

Result<std::optional<input::Found>> RecognisedFile::next()
{
    auto found = nextFound();
    if (found && *found && (*found)->record)
        (*found)->record->written = m_written;
    return found;
}

Result<std::optional<input::Found>> RecognisedFile::nextFound()
{
    if (!m_kept.empty()) {
        m_given = std::move(m_kept.front());
        m_kept.pop_front();
        if (!m_given.bad.empty())
            return std::optional(input::Found{.bad = input::BadRecord{m_given.number, m_given.bad}});
        const std::string_view text = std::string_view(m_given.text).substr(0, m_given.text.size() - json::padding);
        return std::optional(input::Found{
            .record = input::Record{
                .container = m_given.container, .text = text, .number = m_given.number, .mayBeCut = m_given.mayBeCut}});
    }
    if (m_trouble)
        return tl::unexpected(*std::exchange(m_trouble, std::nullopt));
    if (m_isAtEnd)
        return std::optional<input::Found>();
    auto found = m_reader.next();
    m_isAtEnd = !found || !*found;
    return found;
}

} // namespace plumbline
