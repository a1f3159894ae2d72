import { type FormEvent, useState } from 'react';
import { setApiKey } from '../api/key';

interface Props {
  /** What the gateway said. */
  message: string;
}

/** Asks for the API key of a gateway that demands one. */
export function KeyForm({ message }: Props) {
  const [key, setKey] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (key.trim() === '') return;
    setApiKey(key.trim());
    location.reload();
  };
  return (
    <main className="whole-page">
      <form className="key-form card" onSubmit={submit}>
        <img src="/mark.svg" alt="" width="40" height="40" />
        <h1>HTS Model Selector</h1>
        <p className="quiet">This gateway asks for an API key. It is kept until you close this tab.</p>
        <label>
          API key
          <input type="password" autoComplete="off" value={key} onChange={(event) => setKey(event.target.value)} />
        </label>
        <p className="quiet" role="alert">
          {message}
        </p>
        <button type="submit" className="button primary">
          Open the dashboard
        </button>
      </form>
    </main>
  );
}
