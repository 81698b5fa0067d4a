// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/welcome_page.h"

#include <QFileInfo>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/theme/fonts.h"
#include "ui/widgets/card.h"

namespace plumbline {

using namespace Qt::StringLiterals;

WelcomePage::WelcomePage(QWidget* parent)
    : QWidget(parent)
    , m_recent(new QVBoxLayout)
    , m_recentTitle(headingLabel(tr("Recent workspaces"), this))
    , m_error(new QLabel(this))
    , m_busy(quietLabel(QString(), this))
    , m_cancel(new QPushButton(tr("Cancel"), this))
{
    setAccessibleName(tr("Welcome"));
    auto* across = new QHBoxLayout(this);
    across->addStretch();
    auto* layout = new QVBoxLayout;
    layout->setSpacing(10);
    across->addLayout(layout);
    across->addStretch();

    layout->addStretch(2);
    auto* title = new QLabel(tr("Plumbline"), this);
    title->setFont(fonts::kpi());
    layout->addWidget(title);
    auto* promise = quietLabel(tr("Shows where every LLM token goes, which of them drain away, and what it "
                                  "costs.\nNothing leaves this machine."),
                               this);
    promise->setFont(fonts::text());
    layout->addWidget(promise);
    layout->addSpacing(12);

    auto* ways = new Card(tr("Begin"), this);
    ways->setFixedWidth(580);
    auto* invitation = new QLabel(
        tr("Drop exports anywhere in this window: exports of Langfuse and LangSmith, OpenTelemetry, logs and bills; "
           "JSON, JSONL, CSV or Parquet, also packed."),
        this);
    invitation->setWordWrap(true);
    ways->body().addWidget(invitation);
    auto* buttons = new QHBoxLayout;
    const auto add = [&](const QString& text, void (WelcomePage::*wish)(), bool isPrimary) {
        auto* button = new QPushButton(text, this);
        button->setProperty("primary", isPrimary);
        connect(button, &QPushButton::clicked, this, wish);
        buttons->addWidget(button);
        m_buttons += button;
    };
    add(tr("Open sample"), &WelcomePage::sampleRequested, true);
    add(tr("Import files…"), &WelcomePage::newRequested, false);
    add(tr("Open workspace…"), &WelcomePage::openRequested, false);
    add(tr("New workspace…"), &WelcomePage::emptyRequested, false);
    buttons->addStretch();
    ways->body().addLayout(buttons);
    m_busy->setFont(fonts::text());
    auto* work = new QHBoxLayout;
    work->addWidget(m_busy, 1);
    work->addWidget(m_cancel);
    ways->body().addLayout(work);
    connect(m_cancel, &QPushButton::clicked, this, &WelcomePage::cancelRequested);
    m_error->setWordWrap(true);
    m_error->setForegroundRole(QPalette::BrightText);
    m_error->setTextInteractionFlags(Qt::TextSelectableByMouse);
    ways->body().addWidget(m_error);
    layout->addWidget(ways);

    layout->addSpacing(8);
    layout->addWidget(m_recentTitle);
    m_recent->setSpacing(4);
    layout->addLayout(m_recent);
    layout->addStretch(3);
    setRecent({});
    setError({});
    setBusy({});
}

void WelcomePage::setRecent(const QStringList& paths)
{
    while (QLayoutItem* item = m_recent->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    m_recentTitle->setVisible(!paths.isEmpty());
    for (const QString& path : paths) {
        const QFileInfo file(path);
        auto* row = new QWidget(this);
        auto* layout = new QHBoxLayout(row);
        layout->setContentsMargins(0, 0, 0, 0);
        auto* link = new QPushButton(file.fileName(), row);
        link->setProperty("link", true);
        link->setCursor(Qt::PointingHandCursor);
        link->setAccessibleName(tr("Open %1").arg(path));
        link->setEnabled(file.exists());
        connect(link, &QPushButton::clicked, this, [this, path] { emit recentChosen(path); });
        layout->addWidget(link);
        layout->addWidget(
            quietLabel(file.exists() ? file.absolutePath() : tr("%1 · no longer there").arg(file.absolutePath()), row),
            1);
        m_recent->addWidget(row);
    }
}

void WelcomePage::setError(const QString& text)
{
    m_error->setText(text);
    m_error->setVisible(!text.isEmpty());
}

void WelcomePage::setBusy(const QString& text)
{
    m_busy->setText(text);
    m_busy->setVisible(!text.isEmpty());
    m_cancel->setVisible(!text.isEmpty());
    for (QWidget* button : m_buttons)
        button->setEnabled(text.isEmpty());
}

} // namespace plumbline
