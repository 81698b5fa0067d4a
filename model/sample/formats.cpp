// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>
#include <utility>

#include "model/sample/writers.h"

namespace plumbline {

namespace {

constexpr std::array<std::pair<std::string_view, SampleFormat>, 4> formats{{
    {"langfuse", SampleFormat::Langfuse},
    {"langfuse-observations", SampleFormat::LangfuseObservations},
    {"langsmith", SampleFormat::Langsmith},
    {"otlp", SampleFormat::Otlp},
}};

} // namespace

Result<SampleFormat> sampleFormatOf(std::string_view name)
{
    std::string known;
    for (const auto& [id, format] : formats) {
        if (id == name)
            return format;
        known.append(known.empty() ? "" : ", ").append(id);
    }
    return fail(ErrorKind::Usage, "'" + std::string(name) + "' is no format of samples; there are " + known);
}

void append(std::string& into, const SampleTrace& trace, SampleFormat format)
{
    switch (format) {
    case SampleFormat::Langfuse:
        return langfuse_writer::append(into, trace);
    case SampleFormat::LangfuseObservations:
        return langfuse_observations_writer::append(into, trace);
    case SampleFormat::Langsmith:
        return langsmith_writer::append(into, trace);
    case SampleFormat::Otlp:
        return otlp_writer::append(into, trace);
    }
}

} // namespace plumbline
