// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/input/record_reader.h"

#include "importers/input/buffer.h"
#include "importers/input/otlp_messages.h"
#include "importers/parquet/parquet_splitter.h"

namespace plumbline::input {

namespace {

/// As much as is looked at to tell the shape of a file.
constexpr std::size_t peekBytes = std::size_t{4} << 20;

constexpr std::string_view blanks = " \t\r\n";

bool isBinary(std::string_view start)
{
    return start.substr(0, 4096).find('\0') != std::string_view::npos;
}

/// Whether a file that begins with `{` is one record a line. A first line that is an object by itself decides, unless
/// it is an envelope whose arrays hold the records; a broken first line does if a second one begins like a record.
bool isLines(std::string_view start)
{
    const std::size_t end = start.find('\n');
    const std::string_view line = start.substr(0, end);
    json::Parser parser;
    const auto first = parser.parseCopy(line);
    if (!first) {
        // An object that goes on, with its records in a list or under a key, begins no line of its own.
        const std::size_t last = line.find_last_not_of(blanks);
        if (last != std::string_view::npos && std::string_view("[{,:").find(line[last]) != std::string_view::npos)
            return false;
        const std::size_t second = end == std::string_view::npos ? end : start.find_first_not_of(blanks, end);
        return line.size() > 2 && second != std::string_view::npos && start[second] == '{' && start[second - 1] == '\n';
    }
    for (const std::string_view container :
         {"data", "runs", "items", "observations", "batch", "scores", "traces", "resourceSpans", "files"})
        for (const json::Value element : (*first)[container].array())
            if (element.isObject())
                return false;
    // A download of a trace without observations.
    return !(*first)["trace"].isObject();
}

/// A table's delimiter: what separates the names in its first line. 0 if that is no header.
char delimiterOf(std::string_view start)
{
    const std::string_view line = start.substr(0, start.find('\n'));
    for (const char delimiter : {',', ';', '\t'})
        if (line.find(delimiter) != std::string_view::npos)
            return delimiter;
    return '\0';
}

} // namespace

RecordReader::RecordReader(std::unique_ptr<Buffer> buffer, std::unique_ptr<Splitter> splitter)
    : m_buffer(std::move(buffer)), m_splitter(std::move(splitter))
{
}
RecordReader::RecordReader(RecordReader&&) noexcept = default;
RecordReader& RecordReader::operator=(RecordReader&&) noexcept = default;
RecordReader::~RecordReader() = default;

Result<RecordReader> RecordReader::open(const std::filesystem::path& path)
{
    auto buffer = std::make_unique<Buffer>(TRY(ByteSource::open(path)));
    TRY(buffer->more());
    if (buffer->unread().starts_with("PAR1")) {
        auto splitter = parquetSplitter(TRY(parquet::Reader::open(path)));
        return RecordReader(std::move(buffer), std::move(splitter));
    }
    if (buffer->unread().starts_with("\xef\xbb\xbf"))
        buffer->drop(3);
    const std::string_view start = buffer->unread();
    if (start.starts_with("\xff\xfe") || start.starts_with("\xfe\xff"))
        return fail(ErrorKind::Unsupported, "UTF-16 text; save it as UTF-8");
    std::size_t first = start.find_first_not_of(blanks);
    while (first == std::string_view::npos && TRY(buffer->more()))
        first = buffer->unread().find_first_not_of(blanks);
    if (first == std::string_view::npos)
        return fail(ErrorKind::Malformed, "an empty file");
    const char opening = buffer->unread()[first];
    if (isBinary(buffer->unread())) {
        if (auto messages = TRY(otlpMessages(*buffer)))
            return RecordReader(std::move(buffer), std::move(messages));
        return fail(ErrorKind::Malformed, "binary data, not text");
    }
    if (opening == '{' || opening == '[')
        buffer->drop(first);
    if (opening == '[')
        return RecordReader(std::move(buffer), valueSplitter());
    // Lines and headers may be longer than the first read.
    while (buffer->unread().find('\n') == std::string_view::npos && buffer->unread().size() < peekBytes &&
           TRY(buffer->more())) {
    }
    if (opening == '{') {
        while (buffer->unread().size() < 64 && TRY(buffer->more())) {
        }
        auto splitter = isLines(buffer->unread()) ? lineSplitter() : valueSplitter();
        return RecordReader(std::move(buffer), std::move(splitter));
    }
    const char delimiter = delimiterOf(buffer->unread().substr(first));
    if (delimiter == '\0') {
        // A message of short texts may look like text.
        if (auto messages = TRY(otlpMessages(*buffer)))
            return RecordReader(std::move(buffer), std::move(messages));
        return fail(ErrorKind::Malformed, "neither JSON nor a table with a header");
    }
    buffer->drop(first);
    return RecordReader(std::move(buffer), tableSplitter(delimiter));
}

Result<std::optional<Found>> RecordReader::next()
{
    return m_splitter->next(*m_buffer);
}

std::uint64_t RecordReader::position() const
{
    return m_buffer->position();
}

} // namespace plumbline::input
