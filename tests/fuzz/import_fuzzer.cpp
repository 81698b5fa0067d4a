// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as a file to import: detection, every splitter and every reader, without a workspace. For libFuzzer, and
// for the test that replays the seeds.
#include <cstddef>
#include <cstdint>
#include <string>

#include <sys/mman.h>
#include <unistd.h>

#include "importers/detect.h"
#include "support/looking.h"

namespace {

using namespace plumbline;

/// Looks at everything a reader hands over.
class LookingSink : public RecordSink
{
public:
    Result<> add(const ObservedSpan& span) override { return lookedAt(span); }
    Result<> add(const ObservedTrace& trace) override { return lookedAt(trace); }
    Result<> add(const ObservedScore& score) override { return lookedAt(score); }
    Result<> add(const ObservedBillLine& line) override { return lookedAt(line); }
    void skip(std::string_view reason) override { m_looking.look(reason); }
    void note(std::string_view text) override { m_looking.look(text); }

private:
    template <class Observed>
    Result<> lookedAt(const Observed& observed)
    {
        m_looking.lookAt(observed);
        return {};
    }
    test::Looking m_looking;
};

void readAs(const std::string& path, const std::string& format)
{
    auto file = RecognisedFile::open(path, format);
    if (!file)
        return;
    LookingSink sink;
    json::Parser parser;
    const std::unique_ptr<FormatReader> reader = file->format().reader();
    for (auto found = file->next(); found && *found; found = file->next())
        if ((*found)->record && reader->wants((*found)->record->text, sink))
            if (const auto value = parser.parse((*found)->record->text))
                (void)reader->read(*(*found)->record, *value, sink);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const int file = memfd_create("fuzzed", 0);
    static const std::string path = "/proc/self/fd/" + std::to_string(file);
    if (file < 0 || ftruncate(file, 0) != 0 || pwrite(file, data, size, 0) != static_cast<ssize_t>(size))
        return 0;
    readAs(path, {});
    // And as what it is not: the first byte chooses.
    if (size > 0)
        readAs(path, std::string(allFormats()[data[0] % allFormats().size()].id));
    return 0;
}
