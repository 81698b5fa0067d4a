// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/collector_card.h"

#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPushButton>

#include <algorithm>

#include "model/items/format.h"
#include "ui/collector_session.h"
#include "ui/pages/collector_dialog.h"
#include "ui/pages/sdk_settings.h"
#include "ui/theme/fonts.h"
#include "ui/widgets/choice_box.h"
#include "ui/widgets/elided_label.h"

namespace plumbline {

using namespace Qt::StringLiterals;

CollectorCard::CollectorCard(QWidget* parent)
    : Card(tr("Point an SDK here"), parent)
    , m_state(new QLabel(this))
    , m_switch(new QPushButton(this))
    , m_choose(new QPushButton(tr("Settings…"), this))
    , m_counts(quietLabel(QString(), this))
    , m_trouble(new ElidedLabel(this))
    , m_sdk(new ChoiceBox(this))
    , m_copy(new QPushButton(tr("Copy"), this))
    , m_settings(new QLabel(this))
{
    auto* line = new QHBoxLayout;
    line->setSpacing(6);
    m_state->setTextFormat(Qt::RichText);
    line->addWidget(m_state, 1);
    for (QPushButton* button : {m_switch, m_choose}) {
        button->setAutoDefault(false);
        line->addWidget(button);
    }
    m_choose->setAccessibleName(tr("Settings of the collector"));
    body().addLayout(line);
    m_counts->setWordWrap(true);
    m_counts->setAccessibleName(tr("What the collector did"));
    body().addWidget(m_counts);
    m_trouble->setFont(fonts::small());
    m_trouble->setAccessibleName(tr("Last trouble of the collector"));
    m_trouble->hide();
    body().addWidget(m_trouble);

    auto* second = new QHBoxLayout;
    second->setSpacing(6);
    m_sdk->setAccessibleName(tr("SDK"));
    m_sdk->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_sdk->setMinimumContentsLength(12);
    second->addWidget(m_sdk, 1);
    m_copy->setAutoDefault(false);
    m_copy->setAccessibleName(tr("Copy the settings of this SDK"));
    second->addWidget(m_copy);
    body().addLayout(second);
    m_settings->setFont(fonts::mono());
    m_settings->setProperty("code", true);
    m_settings->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_settings->setTextFormat(Qt::PlainText);
    m_settings->setWordWrap(true);
    m_settings->setAccessibleName(tr("Settings to copy"));
    m_settings->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    body().addWidget(m_settings);
    body().addStretch();

    for (const SdkSettings& sdk : sdkSettings({}))
        m_sdk->addItem(sdk.title);
    connect(m_sdk, &QComboBox::currentIndexChanged, this, &CollectorCard::showSettings);
    connect(m_copy, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(m_settings->text()); });
    connect(m_choose, &QPushButton::clicked, this, &CollectorCard::openChoice);
    connect(m_switch, &QPushButton::clicked, this, [this] {
        if (m_session)
            m_session->status().isRunning ? m_session->stop() : m_session->start();
    });
}

void CollectorCard::setSession(CollectorSession& session)
{
    m_session = &session;
    connect(&session, &CollectorSession::changed, this, &CollectorCard::showStatus);
    showStatus();
}

void CollectorCard::showStatus()
{
    const CollectorStatus& status = m_session->status();
    const QString address =
        status.isRunning ? toQt(status.address) : u"http://127.0.0.1:%1"_s.arg(int{m_session->choice().settings.port});
    const std::string& upstream = m_session->choice().settings.forward;
    setNote(upstream.empty() ? tr("nothing leaves this machine") : tr("sent on to %1").arg(toQt(upstream)));
    m_state->setText(status.isRunning ? tr("<b>Listening</b> on %1").arg(QString(address).remove(u"http://"_s))
                                      : tr("Off: nothing is received"));
    m_switch->setText(status.isRunning ? tr("Stop") : tr("Start"));
    m_switch->setAccessibleName(status.isRunning ? tr("Stop the collector") : tr("Start the collector"));
    m_switch->setEnabled(!m_session->isStarting());
    m_counts->setText(collectorCounts(status));
    m_counts->setVisible(status.isRunning || status.posts > 0);
    m_trouble->setVisible(!status.lastError.empty());
    m_trouble->setText(tr("Last trouble: %1").arg(toQt(status.lastError)));
    if (address != m_address) {
        m_address = address;
        showSettings();
    }
}

void CollectorCard::showSettings()
{
    const QList<SdkSettings> all = sdkSettings(m_address);
    m_settings->setText(all[std::clamp<qsizetype>(m_sdk->currentIndex(), 0, all.size() - 1)].text);
}

void CollectorCard::openChoice()
{
    if (!m_session)
        return;
    auto* dialog = new CollectorDialog(m_session->choice(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &CollectorDialog::chosen, m_session, &CollectorSession::choose);
    dialog->open();
}

QString collectorCounts(const CollectorStatus& status)
{
    QStringList parts = {
        CollectorCard::tr("%1 spans/min")
            .arg(format::count(static_cast<std::int64_t>(status.spansPerSecond * 60 + 0.5))),
        CollectorCard::tr("%1 rejected").arg(format::count(static_cast<std::int64_t>(status.rejected)))};
    const std::pair<QString, std::uint64_t> others[] = {
        {CollectorCard::tr("%1 turned away"), status.turnedAway},
        {CollectorCard::tr("%1 refused"), status.refused},
        {CollectorCard::tr("%1 sent on"), status.forwarded},
        {CollectorCard::tr("%1 not sent on"), status.notForwarded},
    };
    for (const auto& [text, number] : others)
        if (number > 0)
            parts += text.arg(format::count(static_cast<std::int64_t>(number)));
    return parts.join(u" · "_s);
}

} // namespace plumbline
