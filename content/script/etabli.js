/* Suggestions under a search field, a combobox as the WAI-ARIA practices describe it. Without
 * script the field is a plain one. */
function complete(input) {
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
    const pick = 'pick' in input.dataset;
    if (item.kind !== 'skill' && !pick) return location.assign(item.url);
    input.value = item.label;
    close();
    if (!pick) input.form.requestSubmit();
  }

  function ask() {
    const words = asked = input.value.trim();
    if (words.length < 2) return close();
    fetch(input.dataset.complete + '?q=' + encodeURIComponent(words), {
      headers: { Accept: 'application/json' }
    }).then(answer => answer.json()).then(answer => {
      if (asked === words)
        open(answer.completions.filter(item => !('pick' in input.dataset) || item.kind === 'skill'));
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
}
document.querySelectorAll('input[data-complete]').forEach(complete);

/* One more line in a list of lines; without script the button asks the server for it. */
document.querySelectorAll('button[data-add]').forEach(button => {
  button.onclick = event => {
    const list = document.getElementById(button.dataset.add), last = list.lastElementChild;
    const n = list.children.length, line = last.cloneNode(true), id = /\d+$/.exec(last.id)[0];
    const next = name => name.replace(id, String(n).padStart(2, 0));
    if (n >= button.dataset.most) return;
    event.preventDefault();
    line.id = next(last.id);
    line.querySelectorAll('ul, .wrong, .known').forEach(old => old.remove());
    line.querySelectorAll('input, select, label').forEach(field => {
      for (const name of ['id', 'htmlFor', 'ariaLabel'])
        if (field[name]) field[name] = next(field[name]).replace(/\d+(?=\D*$)/, d => name === 'ariaLabel' ? n + 1 : d);
      if (field.type === 'checkbox') field.value = n;
      else if (field.tagName !== 'LABEL') field.value = '';
    });
    list.append(line);
    const input = line.querySelector('input');
    complete(input);
    input.focus();
  };
});
