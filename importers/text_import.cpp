// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/text_import.h"

#include "importers/recording_sink.h"

namespace plumbline {

struct TextImport::State
{
    State(Recorder taken, const Format& format, std::string source)
        : recorder(std::move(taken)), name(std::move(source)), reader(format.reader()), sink(recorder, report, true)
    {
        report.formats = {std::string(format.title)};
    }
    Recorder recorder;
    std::string name;
    ImportReport report;
    std::unique_ptr<FormatReader> reader;
    RecordingSink sink;
    json::Parser parser;
    std::uint64_t number = 0;
};

TextImport::TextImport(Recorder recorder, const Format& format, std::string name)
    : m_state(std::make_unique<State>(std::move(recorder), format, std::move(name)))
{
}

TextImport::TextImport(TextImport&&) noexcept = default;
TextImport& TextImport::operator=(TextImport&&) noexcept = default;
TextImport::~TextImport() = default;

Result<TextImport> TextImport::begin(const std::filesystem::path& workspace, const std::string& purpose,
                                     const ImportSetup& setup, const std::string& format, const StopToken& stop)
{
    const Format* known = formatWithId(format);
    if (!known)
        return fail(ErrorKind::Usage, "unknown format '" + format + "'");
    Recorder recorder = TRY(Recorder::open(workspace, purpose));
    TRY(recorder.begin(setup, stop));
    return TextImport(std::move(recorder), *known, setup.name);
}

Result<> TextImport::add(std::string& text)
{
    State& state = *m_state;
    const std::size_t size = text.size();
    text.append(json::padding, ' ');
    std::string_view rest = std::string_view(text).substr(0, size);
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        const input::Record record{.text = rest.substr(0, end), .number = ++state.number};
        rest.remove_prefix(std::min(end + 1, rest.size()));
        if (record.text.empty())
            continue;
        state.sink.startRecord(state.name, record);
        state.report.bytes += record.text.size() + 1;
        if (const auto value = state.parser.parse(record.text))
            TRY(state.reader->read(record, *value, state.sink));
        else
            state.sink.skip("not valid JSON: " + value.error().reason);
    }
    return {};
}

Result<ImportReport> TextImport::finish(const ProgressSink& progress)
{
    return m_state->recorder.finish(std::move(m_state->report), progress);
}

} // namespace plumbline
