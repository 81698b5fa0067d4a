// SPDX-License-Identifier: GPL-3.0-or-later
#include <unistd.h>

#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <ctime>

#include "app/command.h"
#include "app/workspace_changes.h"
#include "importers/collector/collector.h"
#include "model/jobs/again_and_again.h"

namespace plumbline::commands {

namespace {

constexpr long lookEvery = 200'000'000; // nanoseconds

Result<std::uint16_t> portOf(const std::string& text)
{
    std::uint16_t port = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
    if (error != std::errc() || end != text.data() + text.size())
        return fail(ErrorKind::Usage, "'" + text + "' is no port");
    return port;
}

Result<Redaction> redactionOf(const Arguments& arguments)
{
    Redaction redaction;
    if (const auto list = arguments.value("redact")) {
        std::string lines = *list;
        for (char& c : lines)
            c = c == ',' ? '\n' : c;
        redaction = TRY(Redaction::fromText(lines));
    }
    for (std::string& pattern : arguments.values("redact-pattern"))
        redaction.patterns.push_back(std::move(pattern));
    return redaction;
}

/// A token on the command line is seen by everybody on the machine; one in the environment is not.
std::string tokenOf(const Arguments& arguments)
{
    if (auto token = arguments.value("token"))
        return *std::move(token);
    const char* const token = std::getenv("PLUMBLINE_TOKEN");
    return token ? token : "";
}

void printCounts(const CollectorStatus& status, const char* end)
{
    std::fprintf(stderr, "%llu posts · %llu spans · %.1f/s · %llu rejected · %llu turned away · %llu refused%s",
                 static_cast<unsigned long long>(status.posts), static_cast<unsigned long long>(status.spans),
                 status.spansPerSecond, static_cast<unsigned long long>(status.rejected),
                 static_cast<unsigned long long>(status.turnedAway), static_cast<unsigned long long>(status.refused),
                 end);
}

/// Of the time, so that recording hardly notices.
constexpr int analysisShare = 100;

/// Looks for drains in what has come; an error is told once, however often it comes again.
std::function<void(const StopToken&)> analysisOf(const std::filesystem::path& store, Collector& collector,
                                                 const char* line)
{
    const std::shared_ptr<WorkspaceService> service =
        workspaceChanges([&collector](const std::filesystem::path& path) { return collector.giveWay(path); });
    return [service, store, line, told = std::string()](const StopToken& stop) mutable {
        const Result<> done = service->analyse(store, {}, stop);
        // Whoever holds the workspace now lets go of it: that is no error to tell.
        if (done || done.error().kind == ErrorKind::Cancelled || done.error().kind == ErrorKind::Locked)
            return;
        if (done.error().text() != std::exchange(told, done.error().text()))
            std::fprintf(stderr, "%splumbline: not analysed: %s\n", line, told.c_str());
    };
}

Result<int> run(const CommandCall& call)
{
    const Arguments& arguments = call.arguments;
    if (!arguments.rest().empty())
        return fail(ErrorKind::Usage, "'" + arguments.rest()[0] + "' is nothing that can be collected");
    const std::string store = TRY(arguments.required("store"));
    CollectorSettings settings{.host = arguments.value("host").value_or("127.0.0.1"),
                               .token = tokenOf(arguments),
                               .forward = arguments.value("forward").value_or(""),
                               .redaction = TRY(redactionOf(arguments))};
    if (const auto port = arguments.value("port"))
        settings.port = TRY(portOf(*port));
    if (const auto privacy = arguments.value("privacy"))
        settings.privacy = TRY(privacyFromId(*privacy));

    Collector collector("plumbline collect");
    TRY(collector.start(store, settings));
    std::printf("Listening on %s, recording into %s. Ctrl+C stops.\n", collector.status().address.c_str(),
                store.c_str());
    std::fflush(stdout);
    const bool isTerminal = isatty(STDERR_FILENO) == 1;
    const char* const line = isTerminal ? "\r\x1b[K" : ""; // over the counts
    std::optional<AgainAndAgain> analysis;
    if (arguments.has("analyse"))
        analysis.emplace(analysisOf(store, collector, line), analysisShare);
    std::optional<Timestamp> told;
    while (!call.stop.isStopRequested()) {
        const timespec pause{.tv_sec = 0, .tv_nsec = lookEvery};
        nanosleep(&pause, nullptr);
        const CollectorStatus status = collector.status();
        if (status.lastErrorAt != told) {
            told = status.lastErrorAt;
            std::fprintf(stderr, "%splumbline: %s\n", line, status.lastError.c_str());
        }
        if (isTerminal)
            printCounts(status, "\r");
    }
    analysis.reset();
    collector.stop();
    if (isTerminal)
        std::fputs("\x1b[K", stderr);
    printCounts(collector.status(), "\n");
    return ExitCode::Done;
}

} // namespace

Command collect()
{
    return {
        .name = "collect",
        .synopsis =
            "--store W.plumb [--port N] [--host ADDRESS --token T] [--forward URL] [--analyse] [--privacy LEVEL]",
        .summary = "Takes what SDKs send – OTLP, Langfuse, LangSmith – and records it into a workspace as it comes",
        .options = {{"store", "FILE", "the workspace, made if need be"},
                    {"port", "N", "the port (4318, OpenTelemetry's own); 0 takes any that is free"},
                    {"host", "ADDRESS", "listen there instead of on this machine only; wants a token"},
                    {"token", "T", "what clients must give as their key; also read from PLUMBLINE_TOKEN"},
                    {"forward", "URL", "send what brings traces on to this address as well, as it came"},
                    {"analyse", {}, "look for drains as well, for one part in a hundred of the time"},
                    {"privacy", "LEVEL", "what of prompts is kept: bodies (default), digests, metadata"},
                    {"redact", "LIST", "what is taken out of texts: keys,emails (default) or none"},
                    {"redact-pattern", "REGEX", "take this out as well; may be given several times"}},
        .run = run,
    };
}

} // namespace plumbline::commands
