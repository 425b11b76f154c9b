// The parts of the dashboard that run in the browser: theme, times, copying, shortcuts, and the connection.
(() => {
  'use strict';

  const themeKey = 'scouthook-theme';
  const systemDark = matchMedia('(prefers-color-scheme: dark)');
  const currentTheme = () => localStorage.getItem(themeKey) ?? (systemDark.matches ? 'dark' : 'light');
  const applyTheme = () => { document.documentElement.dataset.theme = currentTheme(); };
  applyTheme();

  window.scouthook = {
    isDark: () => currentTheme() === 'dark',
    focusInvalid: () => document.querySelector('#content [aria-invalid="true"]')?.focus(),
    setDark: dark => { localStorage.setItem(themeKey, dark ? 'dark' : 'light'); applyTheme(); },
  };

  // The keyboard stays where it was: what had the focus may be gone or disabled once a page or an action has ended. A heading then
  // takes it, as after navigation, and only those who use the keyboard have to see that.
  const patience = 4;
  let lastFocused = null;
  let lastRow = null;
  let waited = 0;
  document.addEventListener('focusin', event => { lastFocused = event.target; });
  document.addEventListener('keydown', () => {
    document.documentElement.dataset.keyboard = '';
    lastRow = null;
  }, true);
  document.addEventListener('pointerdown', event => {
    delete document.documentElement.dataset.keyboard;
    lastRow = null;
    if (!event.target.closest?.('a, button, input, select, summary, [tabindex]')) {
      lastFocused = null;
    }
  }, true);
  // The button that loads more moves away below what it loads, or disappears: the first new row takes the keyboard.
  document.addEventListener('click', event => {
    if (event.target.closest?.('[data-more]')) {
      lastRow = [...document.querySelectorAll('#content .list tbody tr')].at(-1);
    }
  });
  setInterval(() => {
    const added = lastRow?.nextElementSibling;
    if (added) {
      lastRow = null;
      const link = added.querySelector('a');
      if (!link) {
        added.setAttribute('tabindex', '-1');
      }

      (link ?? added).focus();
      return;
    }

    if (lastRow && lastFocused?.disabled) {
      return;
    }

    if (!lastFocused || (document.activeElement && document.activeElement !== document.body) || document.querySelector('[role=dialog]')) {
      waited = 0;
      return;
    }

    if (lastFocused.isConnected && lastFocused.disabled && ++waited < patience) {
      return;
    }

    const heading = document.querySelector('#content h1');
    heading?.setAttribute('tabindex', '-1');
    (lastFocused.isConnected && !lastFocused.disabled ? lastFocused : heading)?.focus({ preventScroll: true });
  }, 300);

  // Times in the reader's zone. The element has no children of its own, so that Blazor never changes its text.
  const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto', style: 'short' });
  const dateTime = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
  const timeOnly = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });
  const exact = new Intl.DateTimeFormat(undefined, {
    dateStyle: 'full', timeStyle: 'long',
  });

  const sinceText = at => {
    const seconds = (at - Date.now()) / 1000;
    const units = [['day', 86400], ['hour', 3600], ['minute', 60], ['second', 1]];
    const [unit, length] = units.find(([, size]) => Math.abs(seconds) >= size) ?? units[3];
    return relative.format(Math.trunc(seconds / length), unit);
  };

  class LocalTime extends HTMLElement {
    static observedAttributes = ['at', 'mode'];

    connectedCallback() { times.add(this); this.change(); }

    disconnectedCallback() { times.delete(this); }

    attributeChangedCallback() {
      // Before it is connected, it does not have all of them.
      if (this.isConnected) {
        this.change();
      }
    }

    change() {
      const text = this.getAttribute('at');
      this.at = new Date(text ?? '');
      this.title = Number.isNaN(this.at.getTime()) ? '' : `${exact.format(this.at)} · ${text}`;
      this.show();
    }

    show() {
      const at = this.at;
      const now = new Date();
      const mode = this.getAttribute('mode');
      const shown = Number.isNaN(at.getTime()) ? ''
        : mode === 'due' && at <= now ? 'due'
        : mode !== 'time' ? sinceText(at)
        : (now.toDateString() === at.toDateString() ? timeOnly : dateTime).format(at);
      if (this.textContent !== shown) {
        this.textContent = shown;
      }
    }
  }

  const times = new Set();
  customElements.define('local-time', LocalTime);
  setInterval(() => times.forEach(time => time.show()), 10_000);

  const announce = text => {
    const live = document.getElementById('announcement');
    if (live) {
      live.textContent = text;
    }
  };

  document.addEventListener('click', async event => {
    const button = event.target.closest?.('[data-copy]');
    if (!button) {
      return;
    }

    const source = button.dataset.copy.startsWith('#') ? document.querySelector(button.dataset.copy)?.textContent : button.dataset.copy;
    try {
      await navigator.clipboard.writeText(source ?? '');
    } catch {
      // Without https the clipboard is not available: select a copy, and use the older way.
      const area = document.createElement('textarea');
      area.value = source ?? '';
      document.body.append(area);
      area.select();
      document.execCommand('copy');
      area.remove();
    }

    button.dataset.copied = 'true';
    announce('Copied');
    setTimeout(() => delete button.dataset.copied, 1500);
  });

  // A click anywhere in a row follows its link; a selection of text does not.
  document.addEventListener('click', event => {
    const row = event.target.closest?.('tr[data-row]');
    if (!row || event.target.closest('a, button, input, select, label') || getSelection()?.toString()) {
      return;
    }

    row.querySelector('a[data-row-link]')?.click();
  });

  // Shortcuts: g and a letter follow the menu, j and k move through rows, / searches, ? lists them all.
  let prefix = 0;
  const isTyping = target => target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
  document.addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) {
      return;
    }

    if (prefix && Date.now() - prefix < 1500) {
      prefix = 0;
      const link = document.querySelector(`a[data-shortcut="${CSS.escape(event.key)}"], [data-shortcut="${CSS.escape(event.key)}"] a`);
      if (link) {
        event.preventDefault();
        link.click();
      }

      return;
    }

    switch (event.key) {
      case 'g':
        prefix = Date.now();
        break;
      case '/': {
        const search = document.querySelector('[data-search]');
        if (search) {
          event.preventDefault();
          search.focus();
          search.select?.();
        }

        break;
      }
      case '?':
        document.getElementById('shortcuts-button')?.click();
        break;
      case 'j':
      case 'k': {
        const links = [...document.querySelectorAll('a[data-row-link]')];
        const here = links.indexOf(document.activeElement);
        const next = event.key === 'j' ? Math.min(here + 1, links.length - 1) : Math.max(here - 1, 0);
        links[next]?.focus();
        break;
      }
    }
  });

  const hasEnded = async () => {
    try {
      const answer = await fetch('session', { redirect: 'manual', cache: 'no-store' });
      return answer.type === 'opaqueredirect' || [200, 401, 403].includes(answer.status);
    } catch {
      return false;
    }
  };

  // Blazor tries the first connection only once. If it fails, as with a gateway that is just starting, the page is loaded
  // again, each time after a longer wait: on a slow machine the first one may only need longer.
  const loadsKey = 'scouthook-loads';
  const reloadUnlessShown = async () => {
    const loads = Number(sessionStorage.getItem(loadsKey));
    let wait = Math.min(5_000 * 2 ** loads, 60_000);
    for (;;) {
      await new Promise(done => setTimeout(done, wait));
      if (document.getElementById('content')) {
        sessionStorage.removeItem(loadsKey);
        return;
      }

      const answer = await fetch('session', { redirect: 'manual', cache: 'no-store' }).catch(() => null);
      if (answer && answer.status < 500) {
        sessionStorage.setItem(loadsKey, loads + 1);
        location.reload();
        return;
      }

      wait = 1_000;
    }
  };

  const start = async () => {
    const tried = document.querySelector('[data-session-target]');
    if (tried) {
      // A link from another site: the strict cookie was not sent with it, but it is with a request from here.
      const answer = await fetch('session', { redirect: 'manual', cache: 'no-store' }).catch(() => null);
      if (answer?.status === 204) {
        location.replace(tried.dataset.sessionTarget);
      }
    }

    if (!window.Blazor) {
      return;
    }

    const banner = document.getElementById('components-reconnect-modal');
    let isRetrying = false;
    const retry = async () => {
      if (isRetrying) {
        return;
      }

      isRetrying = true;
      for (;;) {
        try {
          if (await Blazor.reconnect()) {
            isRetrying = false;
            return;
          }

          location.reload();
          return;
        } catch {
          await new Promise(done => setTimeout(done, 3000));
        }
      }
    };
    banner?.addEventListener('components-reconnect-state-changed', event => {
      switch (event.detail.state) {
        case 'failed':
          retry();
          break;
        case 'rejected':
        case 'resume-failed':
          location.reload();
          break;
      }
    });
    reloadUnlessShown();
    setInterval(async () => { if (await hasEnded()) { location.reload(); } }, 60_000);
    await Blazor.start({
      circuit: {
        configureSignalR: builder => builder.withUrl('_blazor', { skipNegotiation: true, transport: 1 }),
        reconnectionOptions: { maxRetries: 40, retryIntervalMilliseconds: tries => Math.min(500 * (tries + 1), 5000) },
      },
    });
  };

  document.addEventListener('DOMContentLoaded', start);
})();
