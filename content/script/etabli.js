/* Suggestions under a search field, a combobox as the WAI-ARIA practices describe it. Without
 * script the field is a plain one. */
document.querySelectorAll('input[data-complete]').forEach(input => {
  const list = document.createElement('ul');
  const set = (name, value, on = input) => on.setAttribute(name, value);
  let items = [], at = -1, timer, asked;

  function mark(next) {
    const was = list.children[at], is = list.children[next];
    at = next;
    if (was) set('aria-selected', false, was);
    if (is) {
      set('aria-selected', true, is);
      is.scrollIntoView({ block: 'nearest' });
      set('aria-activedescendant', is.id);
    } else input.removeAttribute('aria-activedescendant');
  }

  function open(found) {
    mark(-1);
    items = found;
    list.hidden = !items.length;
    set('aria-expanded', !list.hidden);
    list.replaceChildren(...items.map((item, i) => {
      const option = document.createElement('li'), kind = document.createElement('small');
      option.id = list.id + i;
      set('role', 'option', option);
      set('aria-selected', false, option);
      kind.textContent = item.kind_name;
      option.append(item.label + ' ', kind);
      option.onclick = () => choose(item);
      return option;
    }));
  }

  function close() {
    clearTimeout(timer);
    asked = '';
    open([]);
  }

  function choose(item) {
    if (input.dataset.only) return input.value = item.label, close();
    if (item.kind !== 'skill') return location.assign(item.url);
    input.value = item.label;
    close();
    input.form.requestSubmit();
  }

  function ask() {
    const words = asked = input.value.trim();
    if (words.length < 2) return close();
    fetch(input.dataset.complete + '?q=' + encodeURIComponent(words), {
      headers: { Accept: 'application/json' }
    }).then(answer => answer.json()).then(answer => {
      if (asked === words) open(answer.completions.filter(item => [item.kind, undefined].includes(input.dataset.only)));
    }).catch(close);
  }

  list.id = input.id + '-list';
  set('role', 'listbox', list);
  set('aria-label', input.dataset.label, list);
  list.onmousedown = event => event.preventDefault();
  input.after(list);
  set('role', 'combobox');
  set('aria-autocomplete', 'list');
  set('aria-controls', list.id);
  close();
  input.addEventListener('blur', close);
  input.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(ask, 120);
  });
  input.addEventListener('keydown', event => {
    const n = items.length + 1, step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.isComposing) return;
    if (step && n > 1) mark((at + 1 + step + n) % n - 1);
    else if (step === 1) ask();
    else if (event.key === 'Enter' && items[at]) choose(items[at]);
    else if (event.key === 'Escape' && n > 1) close();
    else return;
    event.preventDefault();
  });
});
