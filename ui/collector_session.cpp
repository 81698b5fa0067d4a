// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/collector_session.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <limits>

#include "model/items/format.h"
#include "ui/window_memory.h"

namespace plumbline {

using namespace Qt::StringLiterals;

namespace {

constexpr int lookEvery = 500; // milliseconds

} // namespace

CollectorChoice CollectorChoice::readFrom(const WindowMemory& memory)
{
    const QJsonObject object = QJsonDocument::fromJson(memory.collector()).object();
    CollectorChoice choice;
    CollectorSettings& settings = choice.settings;
    settings.port = static_cast<std::uint16_t>(qBound(0, object["port"_L1].toInt(CollectorSettings::defaultPort),
                                                      int{std::numeric_limits<std::uint16_t>::max()}));
    settings.forward = fromQt(object["forward"_L1].toString());
    if (const auto privacy = privacyFromId(fromQt(object["privacy"_L1].toString())))
        settings.privacy = *privacy;
    if (object.contains("redact"_L1))
        if (const auto redaction = Redaction::fromText(fromQt(object["redact"_L1].toString())))
            settings.redaction = *redaction;
    choice.startsByItself = object["starts_by_itself"_L1].toBool();
    return choice;
}

void CollectorChoice::keepIn(WindowMemory& memory) const
{
    const std::string_view privacy = idOf(settings.privacy);
    memory.keepCollector(QJsonDocument(QJsonObject{{u"port"_s, settings.port},
                                                   {u"forward"_s, toQt(settings.forward)},
                                                   {u"privacy"_s, toQt(std::string(privacy))},
                                                   {u"redact"_s, toQt(settings.redaction.text())},
                                                   {u"starts_by_itself"_s, startsByItself}})
                             .toJson(QJsonDocument::Compact));
}

CollectorSession::CollectorSession(CollectorControl& control, WindowMemory& memory, QObject* parent)
    : QObject(parent), m_control(control), m_memory(memory), m_choice(CollectorChoice::readFrom(memory))
{
    m_look.setInterval(lookEvery);
    connect(&m_look, &QTimer::timeout, this, &CollectorSession::look);
    connect(&m_job, &JobRunner::runningChanged, this, &CollectorSession::changed);
}

void CollectorSession::follow(const std::filesystem::path& workspace)
{
    if (workspace == m_workspace)
        return;
    m_workspace = workspace;
    const bool on = !workspace.empty() && m_choice.startsByItself;
    if (on || m_isWanted)
        run(on);
}

void CollectorSession::start()
{
    if (!m_workspace.empty())
        run(true);
}

void CollectorSession::stop()
{
    run(false);
}

void CollectorSession::choose(const CollectorChoice& choice)
{
    const bool isOther = !(choice.settings == m_choice.settings);
    m_choice = choice;
    m_choice.keepIn(m_memory);
    if (isOther && m_isWanted)
        run(true);
    emit changed();
}

void CollectorSession::run(bool on)
{
    m_isWanted = on;
    m_job.start(
        [&control = m_control, on, workspace = m_workspace,
         settings = m_choice.settings](const StopToken&) -> Result<> {
            control.stop();
            return on ? control.start(workspace, settings) : Result<>();
        },
        [this](Result<> started) {
            if (!started && started.error().kind != ErrorKind::Cancelled) {
                m_isWanted = false;
                emit failed(started.error());
            }
            look();
            m_status.isRunning ? m_look.start() : m_look.stop();
            emit changed();
        });
}

void CollectorSession::look()
{
    const std::uint64_t before = m_status.spans;
    m_status = m_control.status();
    if (m_status.spans != before && m_status.isRunning)
        emit recorded();
    emit changed();
}

} // namespace plumbline
